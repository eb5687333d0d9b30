import type { Transform } from '../domain/resources.ts';

/** Whether two JSONata transforms have the same expressions. */
export function isSameTransform(left: Transform, right: Transform): boolean {
  return left === right || (left.body === right.body && textOf(left) === textOf(right));
}

function textOf({ headers, path }: Transform): string {
  return JSON.stringify([headers, path]);
}
