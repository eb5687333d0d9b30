import { join } from 'node:path';
import { type CallLog, openCallLog } from './call-log.ts';
import { startGateway } from './gateway.ts';
import { startMoto } from './start-moto.ts';

export interface Emulator {
  url: string;
  log: CallLog;
  /** What Terraform and other clients must have in their environment: the only way by which they learn of the emulator. */
  env: Record<string, string>;
  close(): Promise<void>;
}

/** Starts moto and the gateway before it; both write logs into `folder`. */
export async function startEmulator(motoProgram: string, folder: string): Promise<Emulator> {
  const log = openCallLog(join(folder, 'calls.jsonl'));
  const moto = await startMoto(motoProgram, join(folder, 'moto.log'));
  const gateway = await startGateway(moto.port, log);
  return {
    url: gateway.url,
    log,
    env: {
      AWS_ENDPOINT_URL: gateway.url,
      AWS_ACCESS_KEY_ID: 'emulated',
      AWS_SECRET_ACCESS_KEY: 'emulated',
      AWS_SESSION_TOKEN: '',
      AWS_REGION: 'eu-central-1',
      AWS_EC2_METADATA_DISABLED: 'true',
      // By default the provider tries 25 times; what hangs on a machine without AWS is to fail within seconds.
      AWS_MAX_ATTEMPTS: '3',
    },
    close: async () => {
      await gateway.close();
      await moto.close();
    },
  };
}
