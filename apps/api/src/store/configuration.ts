import type { Resource, ResourceBodies, ResourceKind, Sealed } from '../domain/resources.ts';
import type { PageRequest, Page } from './reading.ts';

/** Who did what; written in the same transaction as the change it speaks of. */
export interface AuditEntry {
  /** `aud_…` */
  id: string;
  at: number;
  /** `usr_…`, `src_…` or `system`. */
  actor: string;
  /** Such as `target.updated`. */
  action: string;
  subjectId: string;
  /** Client address, or null. */
  address: string | null;
  /** Public shapes, secrets masked. */
  before: unknown;
  after: unknown;
}

/** Filters are ANDed. */
export interface AuditFilter {
  actor?: string;
  subjectId?: string;
  action?: string;
  /** Such as `target`: all actions that begin with `target.`. */
  resource?: string;
  after?: number;
  before?: number;
}

export interface ResourceStore {
  insertResource<K extends ResourceKind>(resource: Resource<K>, audit: AuditEntry): Promise<void>;
  /** Replaces the body. Rejects with `version_conflict` unless the stored version is `expectedVersion`; null takes any. */
  updateResource<K extends ResourceKind>(
    change: {
      kind: K;
      id: string;
      expectedVersion: number | null;
      name: string | null;
      body: ResourceBodies[K];
      at: number;
    },
    audit: AuditEntry,
  ): Promise<Resource<K>>;
  /** Also deletes its children (by `parentId`). */
  deleteResource(
    target: { kind: ResourceKind; id: string; expectedVersion: number | null },
    audit: AuditEntry,
  ): Promise<void>;
  getResource<K extends ResourceKind>(kind: K, id: string): Promise<Resource<K> | null>;
  findResourceByName<K extends ResourceKind>(kind: K, name: string): Promise<Resource<K> | null>;
  /** Newest first. */
  listResources<K extends ResourceKind>(
    kind: K,
    filter: { parentId?: string },
    page: PageRequest,
  ): Promise<Page<Resource<K>>>;
  /** All of a kind, for the in-memory catalogue. */
  loadResources<K extends ResourceKind>(kind: K): Promise<Resource<K>[]>;
  /** Changes whenever any resource changes, in any process; cheap to ask often. */
  resourceRevision(): Promise<number>;
  listAudit(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
  /** Names of event types seen on events, with first and last sight. */
  listSeenTypes(): Promise<{ type: string; firstSeenAt: number; lastSeenAt: number }[]>;
}

export interface RefreshToken {
  /** SHA-256, hex. */
  hash: string;
  /** All tokens that descend from one login. */
  familyId: string;
  userId: string;
  expiresAt: number;
}

/** What takes the place of a refresh token that is spent. */
export interface RefreshSuccessor {
  /** SHA-256, hex. */
  hash: string;
  expiresAt: number;
  /** The token itself, so that a repeat within the grace can be given the very same one. */
  sealedToken: Sealed;
}

export type Rotation =
  | { outcome: 'rotated' | 'reused'; userId: string }
  | { outcome: 'repeated'; userId: string; successor: RefreshSuccessor }
  | { outcome: 'unknown' };

export interface SessionStore {
  insertRefreshToken(token: RefreshToken): Promise<void>;
  /**
   * Spends a refresh token and stores its successor, in one transaction. `repeated`: it was spent less than `graceMs` ago, by
   * whichever process; nothing is written, and the successor is the one of that time. `reused`: it was spent longer ago; its
   * whole family is revoked now. `unknown` covers expired and revoked ones.
   */
  rotateRefreshToken(
    hash: string,
    successor: RefreshSuccessor,
    now: number,
    graceMs: number,
  ): Promise<Rotation>;
  revokeFamilyOf(hash: string): Promise<void>;
  revokeSessionsOfUser(userId: string): Promise<void>;
  /** Counts a failed login for a key (account or address) within a window; answers the count including this one. */
  countLoginFailure(key: string, now: number, windowMs: number): Promise<number>;
  /** The count and the moment of the last failure inside the window. */
  loginFailures(
    key: string,
    now: number,
    windowMs: number,
  ): Promise<{ count: number; lastAt: number }>;
  clearLoginFailures(key: string): Promise<void>;
}

export interface StoredAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface IdempotencyStore {
  /**
   * Reserves a key. `replay`: finished before with the same body. `mismatch`: other body. `in_progress`: reserved by a
   * request that has not ended (a reservation lapses after one minute, so that a crash does not lock a key).
   */
  beginIdempotent(
    scope: string,
    bodyHash: string,
    now: number,
    keepMs: number,
  ): Promise<
    | { outcome: 'started' | 'mismatch' | 'in_progress' }
    | { outcome: 'replay'; answer: StoredAnswer }
  >;
  /** Keeps the answer; null frees the key (the request failed on our side, so a repeat may try again). */
  finishIdempotent(scope: string, answer: StoredAnswer | null): Promise<void>;
}
