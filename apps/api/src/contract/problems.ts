import { z } from 'zod';

/** One fault in the input. */
export const ProblemFault = z.object({
  pointer: z.string(),
  code: z.string(),
  detail: z.string(),
});

/** Every error body: RFC 9457, `application/problem+json`. */
export const Problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  detail: z.string(),
  /** The request id, also in `X-Request-Id`. */
  instance: z.string(),
  /** Stable; see the table of codes in the API guide. */
  code: z.string(),
  errors: z.array(ProblemFault).optional(),
});
export type Problem = z.infer<typeof Problem>;
