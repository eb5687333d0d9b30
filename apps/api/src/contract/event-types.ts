import { z } from 'zod';
import { Description, pageOf, Timestamp } from './common.ts';

export const EventTypeName = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces');

export const EventTypeCreate = z.strictObject({
  name: EventTypeName,
  description: Description.default(''),
});
export type EventTypeCreate = z.input<typeof EventTypeCreate>;

export const EventTypeUpdate = z.strictObject({ description: Description }).partial();
export type EventTypeUpdate = z.input<typeof EventTypeUpdate>;

export const EventSchema = z.object({
  version: z.number().int(),
  schema: z.unknown(),
  createdAt: Timestamp,
});
export type EventSchema = z.infer<typeof EventSchema>;

export const EventSchemaCreate = z.strictObject({
  /** A JSON Schema, draft 2020-12. */
  schema: z.union([z.record(z.string(), z.unknown()), z.boolean()]),
});
export type EventSchemaCreate = z.input<typeof EventSchemaCreate>;

export const EventSchemaList = z.object({ data: z.array(EventSchema) });

/** Types that were only seen on events are listed too; `registered` tells them apart. */
export const EventType = z.object({
  name: z.string(),
  description: z.string(),
  registered: z.boolean(),
  schemas: z.array(EventSchema),
  firstSeenAt: Timestamp.nullable(),
  lastSeenAt: Timestamp.nullable(),
});
export type EventType = z.infer<typeof EventType>;
export const EventTypePage = pageOf(EventType);
export type EventTypePage = z.infer<typeof EventTypePage>;

const SchemaFault = z.object({ pointer: z.string(), code: z.string(), detail: z.string() });

/** Tries a schema before it becomes a version, or one that is a version already. */
export const EventSchemaTest = EventSchemaCreate.extend({
  /** A payload to hold to the schema. */
  data: z.unknown().optional(),
  /** How many of the newest stored events of the type are held to it too. */
  limit: z.coerce.number().int().min(0).max(200).default(100),
});
export type EventSchemaTest = z.input<typeof EventSchemaTest>;

export const EventSchemaTestResult = z.object({
  /** What is wrong with `data`; null when none was given. Pointers lead into the payload. */
  errors: z.array(SchemaFault).nullable(),
  /** Where it asks for more than the newest version does; empty without a version. Pointers lead into the schema. */
  stricter: z.array(SchemaFault),
  scanned: z.number().int(),
  failed: z.number().int(),
  /** Some of those that do not fit. */
  samples: z.array(z.object({ eventId: z.string(), errors: z.array(SchemaFault) })),
});
export type EventSchemaTestResult = z.infer<typeof EventSchemaTestResult>;
