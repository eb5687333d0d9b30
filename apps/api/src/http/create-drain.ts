/** Tells every answer that the gateway is about to stop. */
export interface Drain {
  readonly active: boolean;
  begin(): void;
}

export function createDrain(): Drain {
  let active = false;
  return {
    get active() {
      return active;
    },
    begin() {
      active = true;
    },
  };
}
