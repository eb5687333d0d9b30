import type { Clock } from '../../domain/clock.ts';
import type { Store } from '../store.ts';

/** Who opens an engine; each opening is one process to the store. */
export interface OpenOptions {
  clock: Clock;
  process: { id: string; pid: number; host: string };
  /** How much may wait for a commit before `overloaded`. */
  queue?: { commands: number; bytes: number };
  /** Past this size of the database writes fail as on a full disk. */
  maxSizeBytes?: number;
}

/** An empty database of its own. Every `open` is one more process on the same data. */
export interface Place {
  open(options: OpenOptions): Promise<Store>;
  /** Removes the database; all stores of it are closed by then. */
  remove(): Promise<void>;
}

/** How the suite reaches an engine. */
export type NewPlace = () => Promise<Place>;
