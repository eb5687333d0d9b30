import { GatewayError } from '../domain/errors.ts';
import { buildCombination } from './build-combination.ts';
import type { Alternative, CompiledPattern, Leaf, Scalar } from './compiled-pattern.ts';
import type { FaultList } from './fault-list.ts';
import { createFaultList, nameOf, pointerTo } from './fault-list.ts';
import { isRecord } from './is-record.ts';
import { MAX_COMBINATIONS, MAX_PATTERN_BYTES, MAX_PATTERN_LEVELS } from './limits.ts';
import { parseAlternative } from './parse-alternative.ts';
import { RESERVED_IN_OR } from './reserved-in-or.ts';
import { ROOT_ALIASES } from './root-aliases.ts';

/** Leaves by joined path: naming a path again replaces it, as in the original. Owned by one combination, so filled in place. */
type LeafSet = Map<string, Leaf>;

interface Place {
  path: readonly string[];
  pointer: string;
  insideOr: boolean;
}

/**
 * Checks and compiles an event pattern (the language of Amazon EventBridge's content filter, with `regex` and `all-of`
 * added). Takes parsed JSON; throws `GatewayError('invalid_pattern')` with every fault, its JSON pointer and what was
 * expected there.
 */
export function compilePattern(pattern: unknown): CompiledPattern {
  const faults = createFaultList();
  const combinations = compileRoot(pattern, faults);
  if (faults.faults.length > 0) {
    const [first] = faults.faults;
    const where = first?.pointer === '' ? '' : ` at ${first?.pointer ?? ''}`;
    throw new GatewayError(
      'invalid_pattern',
      `The pattern is not valid${where}: ${first?.detail ?? ''}.`,
      {
        faults: faults.faults,
      },
    );
  }
  return {
    combinations: combinations.map((leaves) => buildCombination([...leaves.values()])),
  };
}

function compileRoot(pattern: unknown, faults: FaultList): readonly LeafSet[] {
  if (!isRecord(pattern)) {
    faults.add('', 'pattern', `expected an object of fields, got ${nameOf(pattern)}`);
    return [];
  }
  if (!isSmallEnough(pattern, faults)) return [];
  return compileObject(pattern, { path: [], pointer: '', insideOr: false }, [new Map()], faults);
}

// Before all else: it bounds the work, and the depth of the recursion, of all that follows.
function isSmallEnough(pattern: Record<string, unknown>, faults: FaultList): boolean {
  try {
    const sizeBytes = Buffer.byteLength(JSON.stringify(pattern));
    if (sizeBytes <= MAX_PATTERN_BYTES) return true;
    faults.add(
      '',
      'too_large',
      `expected at most ${MAX_PATTERN_BYTES} bytes of JSON, got ${sizeBytes}`,
    );
  } catch {
    faults.add('', 'too_deep', `expected at most ${MAX_PATTERN_LEVELS} levels`);
  }
  return false;
}

function compileObject(
  fields: Record<string, unknown>,
  place: Place,
  before: readonly LeafSet[],
  faults: FaultList,
): readonly LeafSet[] {
  const keys = Object.keys(fields);
  if (keys.length === 0) faults.add(place.pointer, 'empty_object', 'expected at least one field');
  let combinations = before;
  for (const key of keys) {
    const value = fields[key];
    const pointer = pointerTo(place.pointer, key);
    if (key === '$or' && isOr(value)) {
      combinations = compileOr(value, { ...place, pointer }, combinations, faults);
      continue;
    }
    if (place.insideOr && RESERVED_IN_OR.has(key)) {
      faults.add(pointer, 'reserved', `"${key}" is reserved and cannot name a field inside $or`);
      continue;
    }
    const path = [...place.path, ...key.split('.')];
    if (path.length > MAX_PATTERN_LEVELS) {
      faults.add(pointer, 'too_deep', `expected at most ${MAX_PATTERN_LEVELS} levels`);
    } else if (isRecord(value)) {
      combinations = compileObject(value, { ...place, path, pointer }, combinations, faults);
    } else {
      combinations = addLeaf(value, path, pointer, combinations, faults);
    }
  }
  return combinations;
}

/**
 * An array of which every item could be an alternative of a leaf makes `$or` the name of an ordinary field, as in the
 * original.
 */
function isOr(value: unknown): boolean {
  if (!Array.isArray(value)) return true;
  return !value.every((item) => !isRecord(item) || isAlternative(item)) || value.length === 0;
}

function isAlternative(item: Record<string, unknown>): boolean {
  const [key, ...others] = Object.keys(item);
  return key !== undefined && others.length === 0 && RESERVED_IN_OR.has(key);
}

function compileOr(
  value: unknown,
  place: Place,
  before: readonly LeafSet[],
  faults: FaultList,
): readonly LeafSet[] {
  if (!Array.isArray(value) || value.length < 2) {
    faults.add(
      place.pointer,
      'or',
      `expected an array of two or more objects, got ${nameOf(value)}`,
    );
    return before;
  }
  const combinations: LeafSet[] = [];
  for (const [index, branch] of (value as unknown[]).entries()) {
    const pointer = pointerTo(place.pointer, index);
    if (!isRecord(branch)) {
      faults.add(pointer, 'or', `expected an object of fields, got ${nameOf(branch)}`);
      continue;
    }
    const copies = before.map((leaves) => new Map(leaves));
    const inside = { ...place, pointer, insideOr: true };
    combinations.push(...compileObject(branch, inside, copies, faults));
    if (combinations.length > MAX_COMBINATIONS) {
      faults.add(
        place.pointer,
        'too_many_combinations',
        `expected at most ${MAX_COMBINATIONS} combinations`,
      );
      return before;
    }
  }
  return combinations;
}

function addLeaf(
  value: unknown,
  path: readonly string[],
  pointer: string,
  combinations: readonly LeafSet[],
  faults: FaultList,
): readonly LeafSet[] {
  const leaf = parseLeaf(value, path, pointer, faults);
  if (!leaf) return combinations;
  const key = leaf.path.join('.');
  for (const leaves of combinations) leaves.set(key, leaf);
  return combinations;
}

function parseLeaf(
  value: unknown,
  path: readonly string[],
  pointer: string,
  faults: FaultList,
): Leaf | null {
  if (!Array.isArray(value) || value.length === 0) {
    const expected = 'a non-empty array of alternatives or an object of fields';
    faults.add(pointer, 'leaf', `expected ${expected}, got ${nameOf(value)}`);
    return null;
  }
  const alternatives: Alternative[] = [];
  for (const [index, written] of (value as unknown[]).entries()) {
    const alternative = parseAlternative(written, pointerTo(pointer, index), faults);
    if (alternative) alternatives.push(alternative);
  }
  const [first = '', ...rest] = path;
  return {
    path: [ROOT_ALIASES.get(first) ?? first, ...rest],
    pointer,
    alternatives,
    allowsAbsent: alternatives.some(({ absent }) => absent),
    test: anyOf(alternatives),
  };
}

function anyOf(alternatives: readonly Alternative[]): (value: Scalar) => boolean {
  const present = alternatives.filter(({ absent }) => !absent);
  const [only] = present;
  if (only && present.length === 1) return only.test;
  const others = present.filter(({ operator }) => operator !== 'equals');
  const exact = new Set(
    present.filter(({ operator }) => operator === 'equals').map(({ expected }) => expected),
  );
  return (value) => exact.has(value) || others.some(({ test }) => test(value));
}
