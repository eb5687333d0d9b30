import { spawnSync, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { renderNginx } from '../../../scripts/lib/render-nginx.ts';
import { findFreePort } from '../control/free-port.ts';
import { waitUntil } from '../control/wait-until.ts';
import { isReady, ROOT } from './gateway-instance.ts';
import type { SystemContext } from './system.ts';

const START_TIMEOUT_MS = 10_000;
// Debian keeps it where only root looks.
const PATH = `${process.env['PATH'] ?? ''}:/usr/sbin:/sbin`;

export function hasNginx(): boolean {
  const { status } = spawnSync('sh', ['-c', 'command -v nginx'], { env: { PATH } });
  return status === 0;
}

/** nginx with the project's own configuration, without TLS, which the generator does not speak; in front of `upstreams`. */
export async function startNginx(
  { children, folder }: SystemContext,
  upstreams: readonly string[],
): Promise<{ child: ChildProcess; port: number }> {
  const port = await findFreePort();
  const stateFolder = join(folder, 'nginx-state');
  const configuration = await renderNginx(join(folder, 'nginx'), {
    ...(process.getuid?.() === 0 ? { user: 'root' } : {}),
    stateFolder,
    listenHttp: `127.0.0.1:${port}`,
    certificate: null,
    upstreams,
    dashboardFolder: join(ROOT, 'apps/dashboard/dist'),
  });
  const child = children.spawnProgram(
    'nginx',
    ['-c', configuration, '-e', join(stateFolder, 'error.log'), '-g', 'daemon off;'],
    { logFile: join(folder, 'nginx.log'), folder, environment: { PATH } },
  );
  await waitUntil('nginx to pass requests on', START_TIMEOUT_MS, () =>
    isReady(`http://127.0.0.1:${port}`),
  );
  return { child, port };
}
