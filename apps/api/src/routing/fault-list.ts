import type { Fault } from '../domain/errors.ts';

/** Gathers every fault of a pattern, so that a person can mend them all at once. */
export interface FaultList {
  readonly faults: readonly Fault[];
  add(pointer: string, code: string, detail: string): void;
}

const MAX_FAULTS = 100;

export function createFaultList(): FaultList {
  const faults: Fault[] = [];
  return {
    faults,
    add(pointer, code, detail) {
      if (faults.length < MAX_FAULTS) faults.push({ pointer, code, detail });
    },
  };
}

/** Appends one step to a JSON pointer (RFC 6901). */
export function pointerTo(parent: string, step: string | number): string {
  return `${parent}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** What a value is, in the words of JSON, for the sentence "expected …, got …". */
export function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty array' : 'an array';
  if (typeof value === 'object') return 'an object';
  if (value === undefined) return 'nothing';
  return `a ${typeof value}`;
}
