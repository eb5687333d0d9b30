/** One hit among the others of its window, in the shape that express-rate-limit takes. */
export interface Count {
  /** Above the limit: the hit is refused, and was not counted. */
  totalHits: number;
  /** The end of the window. */
  resetTime: Date;
}
