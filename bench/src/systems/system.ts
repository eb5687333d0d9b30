import type { Children } from '../control/children.ts';
import type { Door } from '../processes/generator-commands.ts';

/** A system under test that is ready for events. */
export interface RunningSystem {
  door: Door;
  /** The processes it started; their descendants count as well. */
  processIds: readonly number[];
  /** Those among them that are a database server. */
  databaseProcessIds?: readonly number[];
  takesBatches: boolean;
  stop(): Promise<void>;
}

export interface SystemContext {
  children: Children;
  /** An empty folder on a real disk, for this start alone. */
  folder: string;
  /** Where deliveries go. */
  targetUrl: string;
}

/** Starts a system on a fresh folder and resolves when it is ready. */
export type StartSystem = (context: SystemContext) => Promise<RunningSystem>;
