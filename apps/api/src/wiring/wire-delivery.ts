import type { Catalog } from '../catalog/catalog.ts';
import { createDisableTarget } from '../catalog/disable-target.ts';
import type { Sealer } from '../auth/sealing.ts';
import type { SecurityReporter } from '../auth/security-event.ts';
import { createDeliver } from '../delivery/deliver.ts';
import { createDispatcher } from '../delivery/dispatcher.ts';
import { resolveBySystem } from '../delivery/guarded-lookup.ts';
import { createNoDelivery } from '../delivery/no-delivery.ts';
import type { Log, RaiseAlert } from '../delivery/ports.ts';
import { createPrepareRequest } from '../delivery/prepare-request.ts';
import { createSendTest } from '../delivery/send-test.ts';
import type { DeliveringShare } from '../delivery/target-limits.ts';
import { createTargetSender } from '../delivery/target-sender.ts';
import { watchAddresses } from '../delivery/watch-addresses.ts';
import type { Services } from '../http/services.ts';
import type { Store } from '../store/store.ts';
import { createTransformer } from '../transform/create-transformer.ts';
import { renderFormat } from '../transform/render-format.ts';
import type { Base } from './base.ts';

/** Puts deliveries together: transform, sign, send. The dispatcher of a process without the role `delivery` does nothing. */
export function wireDelivery(
  base: Base,
  store: Store,
  catalog: Catalog,
  sealer: Sealer,
  {
    report,
    alert,
    share,
  }: {
    report: SecurityReporter;
    alert: RaiseAlert;
    share: () => DeliveringShare;
  },
) {
  const { config, logger, clock, ids, version } = base;
  const log: Log = (level, message, fields) => logger[level](fields, message);
  const transformer = createTransformer();
  const sender = createTargetSender({
    clock,
    resolve: resolveBySystem,
    allowCidrs: config.allowTargetCidrs,
    version,
  });
  const prepare = createPrepareRequest({
    renderFormat,
    transformer,
    openSecret: (sealed) => sealer.open(sealed),
    version,
  });
  const send = watchAddresses(sender.send, (targetId) => {
    report({ code: 'forbidden_address', subjectId: targetId, address: null });
  });
  const dispatcher = config.roles.includes('delivery')
    ? createDispatcher({
        store,
        catalog,
        deliver: createDeliver({ prepare, send, clock, ids, random: Math.random }),
        clock,
        log,
        alert,
        disableTarget: createDisableTarget({ store, catalog, clock, ids }),
        share,
      })
    : createNoDelivery();
  const service: Omit<Services['delivery'], 'breaker' | 'inFlight' | 'block'> = {
    wake: () => dispatcher.wake(),
    test: createSendTest({ prepare, send, clock, ids }),
    renderFormat,
  };
  return { transformer, sender, dispatcher, service, log };
}
