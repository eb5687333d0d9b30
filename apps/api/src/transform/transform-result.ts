/** What became of one run. */
export type TransformResult =
  | {
      outcome: 'ok';
      body: Uint8Array;
      contentType: string;
      headers: Readonly<Record<string, string>>;
      /** Path to call instead of the target's own; null: the target's own. */
      path: string | null;
    }
  /** The result was `undefined`: do not deliver. */
  | { outcome: 'skip' }
  | TransformFailure;

export interface TransformFailure {
  outcome: 'failed';
  message: string;
  /** Offset of the fault in the expression, where it is known. */
  position: number | null;
}
