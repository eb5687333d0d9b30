import { z } from 'zod';

export const Live = z.object({
  status: z.literal('live'),
  version: z.string(),
  uptimeSeconds: z.number(),
});

export type Live = z.infer<typeof Live>;

export const Ready = z.object({
  status: z.enum(['ready', 'not_ready']),
  version: z.string(),
  checks: z.record(
    z.string(),
    z.object({
      /** `warning`: requests may be sent here, but an operator should look. */
      status: z.enum(['ok', 'warning', 'failed']),
      detail: z.string(),
    }),
  ),
});
export type Ready = z.infer<typeof Ready>;
