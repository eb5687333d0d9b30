import { z } from 'zod';
import { ROLES } from '../domain/resources.ts';
import { Name, PageQuery, pageOf, Timestamp } from './common.ts';

/** What the dashboard knows of the person who is signed in. */
export const CurrentUser = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
});
export type CurrentUser = z.infer<typeof CurrentUser>;

export const Login = z.strictObject({
  email: z.string().min(1).max(320),
  password: z.string().min(1).max(1024),
});
export type Login = z.input<typeof Login>;

/** Comes with the refresh token in an HttpOnly cookie. */
export const LoginResult = z.object({
  accessToken: z.string(),
  expiresInSeconds: z.number().int(),
  user: CurrentUser,
});
export type LoginResult = z.infer<typeof LoginResult>;

export const NewPassword = z.string().min(12, 'must have at least 12 characters').max(1024);

export const PasswordChange = z.strictObject({
  currentPassword: z.string().min(1).max(1024),
  newPassword: NewPassword,
});
export type PasswordChange = z.input<typeof PasswordChange>;

/** OAuth 2.0 client credentials (RFC 6749, section 4.4), form-encoded. */
export const TokenRequest = z.object({
  grant_type: z.literal('client_credentials'),
  client_id: z.string().optional(),
  client_secret: z.string().optional(),
  scope: z.string().optional(),
});

export const TokenResult = z.object({
  access_token: z.string(),
  token_type: z.literal('Bearer'),
  expires_in: z.number().int(),
  scope: z.string(),
});

export const User = CurrentUser.extend({
  state: z.enum(['active', 'disabled']),
  createdAt: Timestamp,
  updatedAt: Timestamp,
});
export type User = z.infer<typeof User>;
export const UserPage = pageOf(User);
export type UserPage = z.infer<typeof UserPage>;

export const UserCreate = z.strictObject({
  email: z.email().max(320),
  name: Name,
  role: z.enum(ROLES),
  password: NewPassword,
});
export type UserCreate = z.input<typeof UserCreate>;

export const UserUpdate = z
  .strictObject({
    name: Name,
    role: z.enum(ROLES),
    state: z.enum(['active', 'disabled']),
    password: NewPassword,
  })
  .partial();
export type UserUpdate = z.input<typeof UserUpdate>;

export const AuditRecord = z.object({
  id: z.string(),
  at: Timestamp,
  actor: z.string(),
  action: z.string(),
  subjectId: z.string(),
  address: z.string().nullable(),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditRecord = z.infer<typeof AuditRecord>;
export const AuditPage = pageOf(AuditRecord);
export type AuditPage = z.infer<typeof AuditPage>;

export const AuditQuery = PageQuery.extend({
  /** `usr_…`, `src_…` or `system`. */
  actor: z.string().optional(),
  subjectId: z.string().optional(),
  /** Such as `target.updated`. */
  action: z.string().optional(),
  /** The kind of what was changed, such as `target`: all actions that begin with it. */
  resource: z
    .string()
    .regex(/^[a-z][a-z-]{0,40}$/, 'must be a kind of record such as target')
    .optional(),
  after: Timestamp.optional(),
  before: Timestamp.optional(),
});
export type AuditQuery = z.input<typeof AuditQuery>;

/** The public keys that access tokens are signed with (RFC 7517). */
export const KeySet = z.object({ keys: z.array(z.record(z.string(), z.unknown())) });
