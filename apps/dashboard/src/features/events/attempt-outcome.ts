import type { Attempt } from '@signalbox/api/contract';
import { reasonText } from '../../lib/text.ts';

type Outcome = Pick<Attempt, 'statusCode' | 'errorKind'>;

export function isSuccess({ statusCode, errorKind }: Outcome): boolean {
  return errorKind === null && statusCode !== null && statusCode >= 200 && statusCode < 300;
}

/** `HTTP 200`, or what kept an answer from coming. */
export function outcomeOf({ statusCode, errorKind }: Outcome): string {
  if (statusCode !== null) return `HTTP ${statusCode}`;
  return errorKind === null ? 'No answer' : reasonText(errorKind);
}
