import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { systemClock, type Clock } from '../../domain/clock.ts';
import type { EventRecord } from '../../domain/event.ts';
import { createIdFactory } from '../../domain/ids.ts';
import type {
  Resource,
  SigningSecret,
  SubscriptionBody,
  TargetBody,
} from '../../domain/resources.ts';
import type { AuditEntry, Store } from '../../store/store.ts';
import { createSymmetricSecret } from '../create-secrets.ts';
import { createDeliver } from '../deliver.ts';
import { createDispatcher, type Dispatcher } from '../dispatcher.ts';
import { resolveBySystem } from '../guarded-lookup.ts';
import { createTransformer } from '../../transform/create-transformer.ts';
import { renderFormat } from '../../transform/render-format.ts';
import type { DeliveryAlert } from '../ports.ts';
import { createPrepareRequest } from '../prepare-request.ts';
import type { DeliveringShare } from '../target-limits.ts';
import { createTargetSender } from '../target-sender.ts';

/** A request as a receiver got it, with its body. */
export interface Received {
  url: string;
  headers: IncomingMessage['headers'];
  body: Buffer;
}

/** A real receiver on loopback that answers as `answer` says and keeps what it got. */
export async function startReceiver(
  answer: (received: Received, response: ServerResponse) => void,
) {
  const received: Received[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const server = createServer((request, response) => {
    void request.toArray().then((chunks: Buffer[]) => {
      const one = { url: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks) };
      received.push(one);
      for (const { count, resolve } of waiting) if (received.length >= count) resolve();
      answer(one, response);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    received,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    /** Resolves when so many requests have come in all. */
    async got(count: number): Promise<void> {
      if (received.length >= count) return;
      await new Promise<void>((resolve) => waiting.push({ count, resolve }));
    },
    async close(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

export type Bench = ReturnType<typeof openBench>;

/** A whole delivery side over a real store: catalogue in memory, real HTTP, real rendering and transforms; secrets lie open. */
export function openBench(options: {
  store: Store;
  clock: Clock;
  /** What the dispatcher sees of the store, to put faults in between. */
  storeForDispatcher?: Store;
  /** Its part in what targets allow; all of it unless said. */
  share?: DeliveringShare;
}) {
  const { store, clock } = options;
  const ids = createIdFactory(() => clock.now());
  const targets = new Map<string, Resource<'target'>>();
  const subscriptions = new Map<string, Resource<'subscription'>>();
  const alerts: DeliveryAlert[] = [];
  const disabled: { targetId: string; reason: string }[] = [];
  const lines: { level: string; message: string; fields: Readonly<Record<string, unknown>> }[] = [];
  const sender = createTargetSender({
    clock: systemClock,
    resolve: resolveBySystem,
    allowCidrs: ['127.0.0.0/8'],
    version: '1.2.3',
  });
  const transformer = createTransformer({ clock: systemClock });
  const prepare = createPrepareRequest({
    renderFormat,
    transformer,
    openSecret: ({ box }) => box,
    version: '1.2.3',
  });
  const dispatcher: Dispatcher = createDispatcher({
    store: options.storeForDispatcher ?? store,
    catalog: {
      target: (id) => targets.get(id),
      subscription: (id) => subscriptions.get(id),
      targets: () => targets.values(),
    },
    deliver: createDeliver({ prepare, send: sender.send, clock, ids, random: () => 0.5 }),
    clock,
    log: (level, message, fields) => lines.push({ level, message, fields }),
    alert: (alert) => alerts.push(alert),
    disableTarget(targetId, targetVersion, reason) {
      if (targets.get(targetId)?.version !== targetVersion) return Promise.resolve();
      disabled.push({ targetId, reason });
      changeTarget(targetId, { state: 'disabled', stateReason: reason });
      return Promise.resolve();
    },
    share: () => options.share ?? { processes: 1, index: 0 },
  });

  function audit(subjectId: string): AuditEntry {
    const entry = { actor: 'system', action: 'made', subjectId, address: null };
    return { id: ids('aud'), at: clock.now(), ...entry, before: null, after: null };
  }

  function record<K extends 'target' | 'subscription'>(kind: K, body: Resource<K>['body']) {
    const id = ids(kind === 'target' ? 'tgt' : 'sub');
    const at = clock.now();
    return { kind, id, name: id, parentId: null, version: 1, body, createdAt: at, updatedAt: at };
  }

  function changeTarget(id: string, change: Partial<TargetBody>): void {
    const target = targets.get(id);
    if (target)
      targets.set(id, {
        ...target,
        version: target.version + 1,
        body: { ...target.body, ...change },
      });
  }

  /** A target with a subscription that feeds it. */
  async function addTarget(
    url: string,
    body: Partial<TargetBody> = {},
    subscriptionBody: Partial<SubscriptionBody> = {},
  ) {
    const target: Resource<'target'> = record('target', {
      ...TARGET,
      secrets: [newSecret()],
      ...body,
      url,
    });
    await store.insertResource(target, audit(target.id));
    targets.set(target.id, target);
    const subscription: Resource<'subscription'> = record('subscription', {
      ...SUBSCRIPTION,
      ...subscriptionBody,
      targetId: target.id,
    });
    await store.insertResource(subscription, audit(subscription.id));
    subscriptions.set(subscription.id, subscription);
    return { targetId: target.id, subscriptionId: subscription.id };
  }

  /** Accepts events as ingest does: reserve, append, hand over. Answers the deliveries' ids. */
  async function accept(
    route: { targetId: string; subscriptionId: string },
    count = 1,
    orderingKey: string | null = null,
  ): Promise<string[]> {
    const batch = Array.from({ length: count }, () => {
      const id = ids('dlv');
      const handOff = dispatcher.reserve(route.targetId);
      const event = newEvent(ids('evt'), clock.now());
      return { event, deliveries: [{ id, ...route, orderingKey, handOff }] };
    });
    const results = await store.append(batch);
    const claims = results.flatMap((result) => result.claims);
    dispatcher.accept(claims);
    const reserved = batch.flatMap(({ deliveries }) => deliveries.filter((one) => one.handOff));
    for (let unused = reserved.length - claims.length; unused > 0; unused -= 1)
      dispatcher.release(route.targetId);
    return batch.flatMap(({ deliveries }) => deliveries.map(({ id }) => id));
  }

  return {
    dispatcher,
    targets,
    subscriptions,
    alerts,
    disabled,
    lines,
    addTarget,
    changeTarget,
    accept,
    async close(): Promise<void> {
      await Promise.all([dispatcher.stop({ deadlineMs: 0 }), sender.close(), transformer.close()]);
    },
  };
}

export function newSecret(): SigningSecret {
  return {
    symmetric: { keyId: 'test', box: createSymmetricSecret() },
    asymmetric: null,
    publicKey: null,
    createdAt: 0,
    expiresAt: null,
  };
}

function newEvent(id: string, receivedAt: number): EventRecord {
  const data = Buffer.from('{"total":1.0}');
  return {
    id,
    eventId: id,
    source: '/shop',
    type: 'order.created',
    subject: null,
    time: null,
    dataContentType: 'application/json',
    dataSchema: null,
    extensions: {},
    dataKind: 'json',
    data,
    sourceId: 'src_1',
    status: 'routed',
    statusDetail: null,
    receivedAt,
    sizeBytes: data.length,
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
  };
}

const TARGET: TargetBody = {
  name: 'billing',
  url: '',
  method: 'POST',
  format: 'data',
  headers: {},
  auth: { type: 'none' },
  timeoutMs: 5000,
  maxConcurrency: 20,
  ratePerSecond: null,
  retry: { scheduleSeconds: [5, 300], finalCodes: [] },
  signatures: ['v1'],
  secrets: [],
  state: 'active',
  stateReason: null,
};

const SUBSCRIPTION: SubscriptionBody = {
  name: 'orders',
  targetId: '',
  pattern: {},
  transform: null,
  orderingKey: null,
  onDeadLetter: 'skip',
  state: 'active',
};
