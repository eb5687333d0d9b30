import type { AlertStore } from '../store.ts';
import type { ReadChannel } from './read-channel.ts';
import type { WriteQueue } from './write-queue.ts';

/** Alerts and turns: each method becomes a command in the queue or a question to a reader. */
export function createStoreAlerts(
  write: WriteQueue['write'],
  read: ReadChannel['read'],
): AlertStore {
  return {
    raiseAlert: (alert) => write('raiseAlert', alert),
    resolveAlert: (id, at) => write('resolveAlert', { id, at }),
    acknowledgeAlert: (id, by, at, audit) => write('acknowledgeAlert', { id, by, at, audit }),
    getAlert: (id) => read('getAlert', id),
    openAlerts: () => read('openAlerts', undefined),
    listAlerts: (filter, page) => read('listAlerts', { filter, page }),
    claimTurn: (name, turn) => write('claimTurn', { name, turn }),
  };
}
