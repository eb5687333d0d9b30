import type { Answer, Input } from '../exchange.ts';
import { findAlert } from '../resources/find-alert.ts';
import { showAlert } from '../resources/show-alert.ts';
import type { Services } from '../services.ts';

export async function getAlert(
  services: Services,
  { params }: Input<{ alertId: string }>,
): Promise<Answer> {
  return { status: 200, body: showAlert(await findAlert(services, params.alertId)) };
}
