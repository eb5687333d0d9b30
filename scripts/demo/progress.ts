export interface Progress {
  stop(): void;
}

const REDRAW_MS = 200;
const PRINT_MS = 5000;

/** Shows one line that is rewritten in place on a terminal, or printed every few seconds where there is none. */
export function showProgress(describe: () => string): Progress {
  const isTerminal = process.stdout.isTTY;
  const draw = (): void => {
    if (isTerminal) process.stdout.write(`\r\u001b[K${fit(describe())}`);
    else console.log(describe());
  };
  draw();
  const timer = setInterval(draw, isTerminal ? REDRAW_MS : PRINT_MS);
  return {
    stop: () => {
      clearInterval(timer);
      draw();
      if (isTerminal) process.stdout.write('\n');
    },
  };
}

function fit(line: string): string {
  return line.slice(0, Math.max(20, process.stdout.columns - 1));
}
