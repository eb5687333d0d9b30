import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startPm2 } from '../../../apps/api/test/support/start-pm2.ts';
import { gatewaySettings, makeAdmin, openDoor } from './gateway-instance.ts';
import { startNginx } from './nginx.ts';
import { processIdsOf } from './peer-process.ts';
import type { StartSystem } from './system.ts';

/** C: Signalbox as two workers under PM2 on one SQLite file, behind nginx. PM2 and nginx count as well. */
export const startCluster: StartSystem = async (context) => {
  const { folder, children, targetUrl } = context;
  const admin = makeAdmin();
  const pm2 = await startPm2(folder, { ...gatewaySettings(folder, admin), TRUST_PROXY: '1' });
  const nginx = await startNginx(context, [pm2.address]);
  return {
    door: await openDoor(nginx.port, admin, targetUrl),
    processIds: [
      Number(readFileSync(join(folder, 'pm2/pm2.pid'), 'utf8')),
      ...processIdsOf(nginx.child),
    ],
    takesBatches: true,
    stop: async () => {
      await children.stop(nginx.child);
      await pm2.stop();
    },
  };
};
