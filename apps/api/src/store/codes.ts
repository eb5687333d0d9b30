import { DELIVERY_STATES } from '../domain/delivery-states.ts';
import type { DeliveryState } from '../domain/delivery-states.ts';
import { EVENT_STATUSES } from '../domain/event.ts';
import type { DataKind, EventStatus } from '../domain/event.ts';

/*
 * States, statuses and data kinds as the engines keep them: small integers, the positions in these lists. The order is
 * part of the schema, so new words are added at the end only.
 */

const DATA_KINDS = ['json', 'binary', 'none'] as const satisfies readonly DataKind[];

const stateCodes = new Map<string, number>(DELIVERY_STATES.map((state, code) => [state, code]));
const statusCodes = new Map<string, number>(EVENT_STATUSES.map((status, code) => [status, code]));

export function stateCode(state: DeliveryState): number {
  return codeIn(stateCodes, state);
}

export function statusCode(status: EventStatus): number {
  return codeIn(statusCodes, status);
}

export function dataKindCode(kind: DataKind): number {
  return DATA_KINDS.indexOf(kind);
}

export function stateOf(code: number): DeliveryState {
  return wordAt(DELIVERY_STATES, code);
}

export function statusOf(code: number): EventStatus {
  return wordAt(EVENT_STATUSES, code);
}

export function dataKindOf(code: number): DataKind {
  return wordAt(DATA_KINDS, code);
}

/** The first digit of an answer's code (2 for `2xx`); null when there was no usable one. */
export function codeClassOf(answer: number | null): number | null {
  return answer === null ? null : Math.floor(answer / 100);
}

/** The number in a filter's word such as `5xx`; -1 for other words, which match nothing. */
export function codeClassNumber(word: string): number {
  return /^[1-5]xx$/.test(word) ? Number(word[0]) : -1;
}

function codeIn(codes: ReadonlyMap<string, number>, word: string): number {
  const code = codes.get(word);
  if (code === undefined) throw new TypeError(`Unknown word: ${word}`);
  return code;
}

function wordAt<W>(words: readonly W[], code: number): W {
  const word = words[code];
  if (word === undefined) throw new RangeError(`Unknown code: ${code}`);
  return word;
}
