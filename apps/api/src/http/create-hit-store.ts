import type { Store } from 'express-rate-limit';
import type { Counter } from '../limits/counter.ts';

/** What express-rate-limit counts with: hits by key, here or together with other processes. */
export function createHitStore(counter: Counter): Store {
  return {
    increment: (key) => counter.hit(key),
    decrement: (key) => counter.charge(key, -1),
    resetKey: (key) => counter.reset(key),
  };
}
