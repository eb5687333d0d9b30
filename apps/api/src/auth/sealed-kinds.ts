import type { ResourceBodies, ResourceKind, Sealed } from '../domain/resources.ts';

/** Whether a sealed secret stands anywhere in a type. */
type HoldsSealed<T> = T extends Sealed
  ? true
  : T extends object
    ? true extends { [K in keyof T]: HoldsSealed<T[K]> }[keyof T]
      ? true
      : false
    : false;

type SealedKind = {
  [K in ResourceKind]: true extends HoldsSealed<ResourceBodies[K]> ? K : never;
}[ResourceKind];

/** The kinds of records that hold sealed secrets; the compiler misses none. */
export const SEALED_KINDS = Object.keys({
  source: true,
  target: true,
  'signing-key': true,
} satisfies Record<SealedKind, true>) as SealedKind[];
