/** Something that the palette can do. */
export interface Command {
  key: string;
  label: string;
  /** What kind of thing it is: `Screen`, `Target`, `Act`. */
  kind: string;
  run: () => void;
  /** Why it cannot be done now; null when it can. */
  refusal?: string | null;
}

const MOST_SHOWN = 12;

/** The commands whose words hold every word typed; those that begin with it come first. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  const textOf = ({ kind, label }: Command) => `${label} ${kind}`.toLowerCase();
  const fits = commands.filter((command) => words.every((word) => textOf(command).includes(word)));
  const first = words[0] ?? '';
  const begins = (command: Command) => Number(textOf(command).startsWith(first));
  return [...fits].sort((left, right) => begins(right) - begins(left)).slice(0, MOST_SHOWN);
}

/** An id of ours somewhere in a text, and what it is of. */
export function findId(typed: string): { prefix: string; id: string } | null {
  const match = /\b([a-z]{3})_[0-9a-z]{26}\b/.exec(typed);
  return match?.[1] === undefined ? null : { prefix: match[1], id: match[0] };
}
