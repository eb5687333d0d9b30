import { aws } from './lib/aws.ts';
import { invalidate } from './lib/invalidate.ts';
import { runProgram } from './lib/program.ts';

await runProgram({
  path: 'scripts/deploy/invalidate-cdn.ts',
  summary: 'Has the content delivery network forget paths, so that it asks for them again.',
  options: {
    distribution: { value: 'ID', isRequired: true, help: 'distribution_id of the deployment.' },
    paths: { value: 'LIST', default: '/,/index.html', help: 'Separated by commas; "/*" for all.' },
    wait: { help: 'End when every edge has done so.' },
  },
  async run({ text, flag, log, change }) {
    const distribution = text('distribution');
    const paths = text('paths').split(',').filter(Boolean);
    await change(`invalidate ${paths.join(' ')} of ${distribution}`, async () => {
      const id = await invalidate(distribution, paths);
      log(`invalidation ${id}`);
      if (!flag('wait')) return;
      await aws(
        ...[
          'cloudfront',
          'wait',
          'invalidation-completed',
          '--distribution-id',
          distribution,
          '--id',
          id,
        ],
      );
    });
  },
});
