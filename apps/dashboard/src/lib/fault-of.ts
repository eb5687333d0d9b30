interface Faults {
  faults: readonly { pointer: string; detail: string }[];
}

/** Looks up what is wrong with one member of the body; a fault further down counts for its parent. */
export function faultFinder(problem: Faults | null): (pointer: string) => string | undefined {
  return (pointer) =>
    problem?.faults.find(
      (fault) => fault.pointer === pointer || fault.pointer.startsWith(`${pointer}/`),
    )?.detail;
}
