import type { Answer, Input } from '../exchange.ts';
import { auditEntry } from '../resources/audit-entry.ts';
import { findAlert } from '../resources/find-alert.ts';
import { showAlert } from '../resources/show-alert.ts';
import { userOf } from '../resources/user-of.ts';
import type { Services } from '../services.ts';

/** Somebody has seen it and looks after it. Rejects with `conflict` when somebody did before. */
export async function acknowledgeAlert(
  services: Services,
  input: Input<{ alertId: string }>,
): Promise<Answer> {
  const before = await findAlert(services, input.params.alertId);
  const by = userOf(input).id;
  const alert = await services.store.acknowledgeAlert(
    before.id,
    by,
    services.clock.now(),
    auditEntry(services, input, {
      action: 'alert.acknowledged',
      subjectId: before.id,
      before: { acknowledgedBy: before.acknowledgedBy },
      after: { acknowledgedBy: by },
    }),
  );
  return { status: 200, body: showAlert(alert) };
}
