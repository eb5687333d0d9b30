import { createSealer } from '../../auth/sealing.ts';
import { createSigningKeys } from '../../auth/signing-keys.ts';
import { KEY_LEARNING_MS } from '../../auth/token-lives.ts';
import type { Command } from '../command.ts';
import { readSealingKeys } from '../read-sealing-keys.ts';
import { withStore } from '../with-store.ts';

export const keysRotateSigning: Command = {
  name: 'keys rotate-signing',
  summary: 'Make a new key for signing access tokens; nobody is signed out.',
  details:
    'The new key signs once every process knows it. The old one verifies until the last token it signed has expired.',
  async run(call) {
    const kid = await withStore(call, ({ store, catalog, clock, ids, config }) => {
      const sealer = createSealer(readSealingKeys(config));
      return createSigningKeys({ store, catalog, sealer, clock, ids }).rotate('system');
    });
    const signsAfterSeconds = KEY_LEARNING_MS / 1000;
    call.answer(
      { kid, signsAfterSeconds },
      `The new key is ${kid}; it signs in ${signsAfterSeconds} seconds.`,
    );
    return undefined;
  },
};
