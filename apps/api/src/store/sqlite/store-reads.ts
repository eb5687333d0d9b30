import type { Resource } from '../../domain/resources.ts';
import type { Page, Store } from '../store.ts';
import type { ReadChannel } from './read-channel.ts';

type ReadsOfStore = Pick<
  Store,
  | 'nextDueAt'
  | 'getEvent'
  | 'listEvents'
  | 'listFullEvents'
  | 'getDelivery'
  | 'listDeliveries'
  | 'listAttempts'
  | 'getAttempt'
  | 'deadLetterGroups'
  | 'changePosition'
  | 'changes'
  | 'getResource'
  | 'findResourceByName'
  | 'listResources'
  | 'loadResources'
  | 'resourceRevision'
  | 'listAudit'
  | 'listSeenTypes'
  | 'rollups'
  | 'backlog'
  | 'conservation'
  | 'loginFailures'
  | 'livingProcesses'
  | 'ping'
>;

/**
 * The reading half of the store: each method becomes a question to the reader thread.
 * @param catchUp brings the full-text index up to the newest event; awaited before each search
 */
export function createStoreReads(
  read: ReadChannel['read'],
  catchUp: () => Promise<void>,
): ReadsOfStore {
  return {
    nextDueAt: () => read('nextDueAt', undefined),
    getEvent: (id) => read('getEvent', id),
    async listEvents(filter, page) {
      if (filter.q) await catchUp();
      return read('listEvents', { filter, page });
    },
    async listFullEvents(filter, page) {
      if (filter.q) await catchUp();
      return read('listFullEvents', { filter, page });
    },
    getDelivery: (id) => read('getDelivery', id),
    listDeliveries: (filter, page) => read('listDeliveries', { filter, page }),
    listAttempts: (deliveryId) => read('listAttempts', deliveryId),
    getAttempt: (id) => read('getAttempt', id),
    deadLetterGroups: () => read('deadLetterGroups', undefined),
    changePosition: () => read('changePosition', undefined),
    changes: (request) => read('changes', request),
    // A row of a kind holds the body of that kind.
    getResource: async (kind, id) =>
      (await read('getResource', { kind, id })) as Resource<typeof kind> | null,
    findResourceByName: async (kind, name) =>
      (await read('findResourceByName', { kind, name })) as Resource<typeof kind> | null,
    listResources: async (kind, filter, page) =>
      (await read('listResources', { kind, filter, page })) as Page<Resource<typeof kind>>,
    loadResources: async (kind) => (await read('loadResources', kind)) as Resource<typeof kind>[],
    resourceRevision: () => read('resourceRevision', undefined),
    listAudit: (filter, page) => read('listAudit', { filter, page }),
    listSeenTypes: () => read('listSeenTypes', undefined),
    rollups: (request) => read('rollups', request),
    backlog: () => read('backlog', undefined),
    conservation: () => read('conservation', undefined),
    loginFailures: (key, now, windowMs) => read('loginFailures', { key, after: now - windowMs }),
    livingProcesses: (now, silentMs) => read('livingProcesses', { now, silentMs }),
    async ping() {
      await read('ping', undefined);
    },
  };
}
