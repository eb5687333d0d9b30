import { gatewaySettings, makeAdmin, openDoor, startInstance } from './gateway-instance.ts';
import { processIdsOf } from './peer-process.ts';
import type { StartSystem } from './system.ts';

/** S: Signalbox as `npm start` runs it, one process, every feature on, set up through its public API. */
export const startGateway: StartSystem = async (context) => {
  const admin = makeAdmin();
  const settings = gatewaySettings(context.folder, admin);
  const { child, port } = await startInstance(context, 'gateway', settings);
  return {
    door: await openDoor(port, admin, context.targetUrl),
    processIds: processIdsOf(child),
    takesBatches: true,
    stop: () => context.children.stop(child),
  };
};
