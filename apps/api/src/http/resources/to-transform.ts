import type { Transform as TransformInput } from '../../contract/subscriptions.ts';
import type { Transform } from '../../domain/resources.ts';
import { givenOf } from './merge-patch.ts';

/** A transform as it was sent, without the members that were left out. */
export function toTransform(input: TransformInput): Transform {
  return givenOf<TransformInput>(input);
}
