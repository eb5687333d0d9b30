/** Bounds on one run of a transform. */
export interface TransformLimits {
  /** Processor time of one JSONata run. */
  timeMs: number;
  /** Longest body that may come out. */
  outputBytes: number;
  /** Deepest nesting of expressions while a JSONata transform runs. */
  depth: number;
  /** Heap of the thread that JSONata runs in. */
  memoryMb: number;
  /** Compiled transforms that are kept. */
  cachedTransforms: number;
}

export const DEFAULT_TRANSFORM_LIMITS: TransformLimits = {
  timeMs: 100,
  outputBytes: 256 * 1024,
  depth: 500,
  memoryMb: 64,
  cachedTransforms: 1000,
};

/** Longest expression or template that may be saved, in characters. */
export const MAX_SOURCE_LENGTH = 32 * 1024;
export const MAX_TRANSFORM_HEADERS = 50;
