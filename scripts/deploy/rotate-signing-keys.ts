import { setTimeout as wait } from 'node:timers/promises';
import { resolve } from 'node:path';
import { runProgram, Stop } from './lib/program.ts';
import { signalbox } from './lib/signalbox.ts';

const POLL_MS = 1000;

await runProgram({
  path: 'scripts/deploy/rotate-signing-keys.ts',
  summary:
    'On a host: makes a new key for access tokens, and waits until the gateway shows it beside the old one. The old one verifies until its last token has expired: nobody is signed out.',
  options: {
    release: {
      value: 'FOLDER',
      default: '/opt/signalbox/current',
      help: 'Whose command line is used.',
    },
    gateway: {
      value: 'URL',
      default: 'http://127.0.0.1:8080',
      help: 'Where the public keys are read.',
    },
    seconds: {
      value: 'N',
      default: '30',
      help: 'How long the gateway may take to show the new key.',
    },
  },
  async run({ text, log, isDryRun }) {
    const url = `${text('gateway')}/.well-known/jwks.json`;
    if (isDryRun) {
      log(`would make a new signing key and wait for it at ${url}`);
      return;
    }
    const before = await readKeys(url);
    const { kid } = await signalbox<{ kid: string }>(resolve(text('release')), [
      'keys',
      'rotate-signing',
    ]);
    const deadline = performance.now() + Number(text('seconds')) * 1000;
    let after = await readKeys(url);
    while (!after.includes(kid)) {
      if (performance.now() > deadline) throw new Stop(`${url} does not show the new key ${kid}.`);
      await wait(POLL_MS);
      after = await readKeys(url);
    }
    const lost = before.filter((key) => !after.includes(key));
    if (lost.length > 0 && before.length === lost.length) {
      throw new Stop(`The former keys ${lost.join(', ')} verify no more: people are signed out.`);
    }
    log(`${kid} is shown beside ${before.join(', ')}`);
  },
});

async function readKeys(url: string): Promise<string[]> {
  const response = await fetch(url).catch((error: unknown) => {
    throw new Stop(`${url} does not answer: ${String(error)}`);
  });
  const { keys } = (await response.json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}
