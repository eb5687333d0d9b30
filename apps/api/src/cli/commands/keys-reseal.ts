import { resealSecrets } from '../../auth/reseal-secrets.ts';
import { createSealer } from '../../auth/sealing.ts';
import { surveySealed } from '../../auth/survey-sealed.ts';
import { CommandError, type Command } from '../command.ts';
import { readSealingKeys } from '../read-sealing-keys.ts';
import { withStore } from '../with-store.ts';

export const keysReseal: Command = {
  name: 'keys reseal',
  summary: 'Move every sealed secret to the first key of SEALING_KEYS.',
  details: `To change the sealing key:
  1. Put a new key first: SEALING_KEYS=new:<base64>,old:<base64>, and restart every gateway.
  2. Run this command with the same SEALING_KEYS.
  3. Take the old key out of SEALING_KEYS and restart. Keep it for as long as backups made before are kept.
Without SEALING_KEYS the key lies in DATA_DIR/sealing.key; "signalbox keys list" shows its id.`,
  async run(call) {
    const outcome = await withStore(call, async (tools) => {
      const sealingKeys = readSealingKeys(tools.config);
      const sealer = createSealer(sealingKeys);
      const { unopenable } = await surveySealed({ store: tools.store, sealer });
      if (unopenable.length > 0) throw cannotOpen(unopenable);
      const moved = await resealSecrets({ ...tools, sealer });
      const { byKey } = await surveySealed({ store: tools.store, sealer });
      return { keyId: sealingKeys.currentKeyId, moved, byKey };
    });
    const { secrets, records } = outcome.moved;
    call.answer(
      outcome,
      secrets === 0
        ? `Every secret lies under the key ${outcome.keyId} already.`
        : `${secrets} secrets of ${records} records were moved to the key ${outcome.keyId}; none lies under another key.`,
    );
    return undefined;
  },
};

function cannotOpen(unopenable: readonly { id: string; keyId: string }[]): CommandError {
  const keys = [...new Set(unopenable.map(({ keyId }) => keyId))].join(', ');
  const records = [...new Set(unopenable.map(({ id }) => id))].slice(0, 5).join(', ');
  return new CommandError(
    'refused',
    `${unopenable.length} secrets lie under the sealing key ${keys}, which is not loaded or differs (such as in ${records}). Add it to SEALING_KEYS; nothing was changed.`,
  );
}
