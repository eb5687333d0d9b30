import { awaitVersion } from './lib/await-version.ts';
import { requireVersion } from './lib/manifest.ts';
import { runProgram } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/check-version.ts',
  summary:
    'Asks a gateway, such as through the content delivery network, until it is ready with the right version.',
  options: {
    url: { value: 'URL', isRequired: true, help: 'Where people and senders reach it.' },
    version: { value: 'VERSION', isRequired: true, help: 'What it must answer.' },
    seconds: { value: 'N', default: '60', help: 'How long that may take.' },
  },
  async run({ text, log, isDryRun }) {
    const version = requireVersion(text('version'));
    if (isDryRun) {
      log(`would ask ${text('url')}/health/ready for ${version}`);
      return;
    }
    await awaitVersion({ name: 'The gateway', url: text('url') }, version, Number(text('seconds')));
    log(`${version} is ready at ${text('url')}`);
  },
});
