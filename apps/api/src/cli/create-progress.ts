import type { Call } from './command.ts';

const EVERY_MS = 2000;

/** Tells a share of work (0 to 1) now and then: nothing for what is done at once, one line every two seconds otherwise. */
export function createProgress(call: Call, what: string): (share: number) => void {
  const { clock } = call.io;
  let toldAt = clock.now();
  return (share) => {
    if (clock.now() - toldAt < EVERY_MS) return;
    toldAt = clock.now();
    call.progress(`${Math.floor(share * 100)} % ${what}`);
  };
}
