import type { z } from 'zod';
import type { Role } from '../domain/resources.ts';
import type { Answer, Input } from './exchange.ts';
import { parseInput } from './parse-input.ts';
import type { Services } from './services.ts';

/** Who may call: a role covers the roles above it; `source` is for applications that send events. */
export type Access = 'public' | Role | 'source';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/**
 * How the body is read: `json` parsed, `form` url-encoded, `raw` as bytes; `none`: not read at all.
 */
export type BodyKind = 'json' | 'form' | 'raw' | 'none';

/** Which limits count this call, besides that of failed sign-ins; see `middleware/create-limiters.ts`. */
export type LimitName = 'api' | 'login' | 'source' | 'ingest' | 'none';

export type Tag =
  | 'Events in'
  | 'Events'
  | 'Deliveries'
  | 'Dead letters'
  | 'Replays'
  | 'Sources'
  | 'Targets'
  | 'Subscriptions'
  | 'Event types'
  | 'Alerts'
  | 'Users'
  | 'Testing'
  | 'Metrics'
  | 'Live'
  | 'Authentication'
  | 'Operation';

type ParamNames<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | ParamNames<Rest>
  : never;

/** The parameters that a path such as `/v1/targets/{targetId}` names. */
export type ParamsOf<Path extends string> = Readonly<Record<ParamNames<Path>, string>>;

interface RouteBasics {
  method: Method;
  access: Access;
  tag: Tag;
  /** One line, for the API reference. */
  summary: string;
  description?: string;
  /** The status of success. */
  status: number;
  /** The body of success; null where there is none or it is not JSON. */
  answer: z.ZodType | null;
  /** Other statuses of success with their bodies. */
  otherAnswers?: Readonly<Record<number, z.ZodType>>;
  /** The answer's media type, where it is not JSON. */
  answerType?: string;
  limit?: LimitName;
  /** Whether `Idempotency-Key` is taken; every POST takes it but those that hand out tokens. */
  idempotent?: boolean;
  /** The answer shows a secret, so it is sealed when it is kept for a repeat. */
  showsSecret?: boolean;
  /** Also open, without a credential, to clients on this machine. */
  openToLoopback?: boolean;
  /** An example of the request's body. */
  example?: unknown;
  /** Accepts a body of this length in bytes, where it differs from the general limit. */
  bodyLimit?: 'events';
}

export interface RouteSpec<
  Path extends string,
  Query extends z.ZodType,
  Body extends z.ZodType,
> extends RouteBasics {
  path: Path;
  query?: Query;
  body?: Body;
  bodyKind?: BodyKind;
  controller: (
    services: Services,
    input: Input<ParamsOf<Path>, z.output<Query>, z.output<Body>>,
  ) => Answer | Promise<Answer>;
}

/** One line of the table, its types erased: what Express, the OpenAPI document and the guard tests read. */
export interface Route extends RouteBasics {
  path: string;
  query: z.ZodType | undefined;
  body: z.ZodType | undefined;
  bodyKind: BodyKind;
  limit: LimitName;
  idempotent: boolean;
  /** Checks query and body, then calls the controller. Rejects with `invalid_request`. */
  run(services: Services, input: Input): Answer | Promise<Answer>;
}

/** Makes a line of the table: the controller's input has the types of its path and schemas. */
export function defineRoute<
  Path extends string,
  Query extends z.ZodType = z.ZodUndefined,
  Body extends z.ZodType = z.ZodUndefined,
>(spec: RouteSpec<Path, Query, Body>): Route {
  const { controller, ...rest } = spec;
  return {
    ...rest,
    query: spec.query,
    body: spec.body,
    bodyKind: spec.bodyKind ?? (spec.body ? 'json' : 'none'),
    limit: spec.limit ?? 'api',
    idempotent: spec.idempotent ?? spec.method === 'POST',
    run: (services, input) => controller(services, parseInput(spec, input)),
  };
}
