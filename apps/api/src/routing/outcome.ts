/**
 * FAILED: not met. ABSENT: met only because fields are not there. PRESENT: met, and by a field that is there.
 * The difference decides about arrays: one element must hold all the fields asked for, while a field is absent only if
 * it is absent there (or, where no field ties the choice to an element, in every element).
 */
export const FAILED = 0;
export const ABSENT = 1;
export const PRESENT = 2;
export type Outcome = typeof FAILED | typeof ABSENT | typeof PRESENT;
