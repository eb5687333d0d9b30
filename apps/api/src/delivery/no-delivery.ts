import type { Dispatcher } from './dispatcher.ts';

/** Stands in for the dispatcher where this process does not deliver: deliveries are born `pending`, for others to claim. */
export function createNoDelivery(): Dispatcher {
  return {
    reserve: () => false,
    release: () => undefined,
    accept: () => undefined,
    wake: () => undefined,
    look: () => undefined,
    start: () => undefined,
    stop: () => Promise.resolve(),
    lanes: () => [],
    lane: () => undefined,
    lookedAt: () => null,
    idle: () => Promise.resolve(),
  };
}
