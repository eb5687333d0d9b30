import type { Catalog } from '../catalog/catalog.ts';
import type { DeliveryAlert } from '../delivery/ports.ts';
import type { Alert } from '../domain/alert.ts';
import type { Clock } from '../domain/clock.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Logger } from '../log.ts';
import { createAlertDesk } from '../monitoring/alerts/alert-desk.ts';
import { builtInAlert } from '../monitoring/alerts/built-in-alert.ts';
import { startAlertWatch } from '../monitoring/alerts/start-alert-watch.ts';
import { startConservationWatch } from '../monitoring/alerts/start-conservation-watch.ts';
import type { Fleet } from '../monitoring/fleet.ts';
import type { Store } from '../store/store.ts';

/** Puts alerts together: what deliveries tell of, and the watch over rules and figures. */
export function wireAlerts(deps: {
  store: Store;
  catalog: Catalog;
  clock: Clock;
  ids: IdFactory;
  logger: Logger;
  onRaised: (alert: Alert) => void;
  onError: (error: unknown) => void;
}) {
  const { store, catalog, clock, logger, onError } = deps;
  const nameOf = (id: string) => catalog.target(id)?.body.name ?? id;
  const desk = createAlertDesk({
    ...deps,
    onRaised(alert) {
      logger.warn({ alert }, 'alert raised');
      deps.onRaised(alert);
    },
    onResolved: (alert) => logger.info({ alert }, 'alert resolved'),
  });

  return {
    report({ code, targetId, detail }: DeliveryAlert): void {
      desk.report(builtInAlert(code, detail, { targetId, name: nameOf(targetId) }));
    },
    /** Answers what runs from then on. */
    start(fleet: Pick<Fleet, 'lanes' | 'securityEvents'>): { stop(): Promise<void> }[] {
      const parts = {
        store,
        clock,
        desk,
        lanes: () => fleet.lanes(),
        securityEvents: (windowMinutes: number) => fleet.securityEvents(clock.now(), windowMinutes),
        target: (id: string) => catalog.target(id),
        names: {
          targetIds: () => catalog.targets().map(({ id }) => id),
          target: (id: string) => catalog.target(id)?.body.name ?? null,
          source: (id: string) => catalog.source(id)?.body.name ?? null,
        },
        onError,
      };
      return [startAlertWatch(parts), startConservationWatch(parts)];
    },
  };
}
