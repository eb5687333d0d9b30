/** What a process wants of the shared count of one key, and what it let in without asking. */
export interface Ask {
  /** The kind of limit and whom it counts, such as `source:src_…`. */
  key: string;
  windowMs: number;
  /** Hits that all processes together may let in within a window. */
  limit: number;
  /** Hits that were let in already without a grant; they count whatever the limit says. */
  spent: number;
  /** Further hits that are asked for. */
  want: number;
  /** What was last heard of this window, for a ledger that has lost its memory; 0 and 0: nothing. */
  heardHits: number;
  heardEndsInMs: number;
}

export interface Grant {
  /** How many of the wanted hits may be let in before the window ends. */
  granted: number;
  /** Hits of all processes in this window, the granted ones among them; above the limit: what later windows pay for. */
  hits: number;
  endsInMs: number;
}

/** Where several processes count together. */
export interface Ledger {
  /** Rejects when the ledger cannot be reached; may stay unanswered when it is frozen. */
  take(ask: Ask): Promise<Grant>;
  /** Says that this process counts here. Answers how many do, this one included. */
  join(): Promise<number>;
  /** Says good-bye. */
  close(): Promise<void>;
}
