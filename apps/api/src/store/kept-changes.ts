/** Rows of the change feed that are kept; a reader further behind is told to reload. */
export const KEPT_CHANGES = 100_000;
