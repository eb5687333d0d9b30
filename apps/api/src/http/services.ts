import type { Authenticate } from '../auth/authenticator.ts';
import type { Sealer } from '../auth/sealing.ts';
import type { SecurityReporter } from '../auth/security-event.ts';
import type { Sessions } from '../auth/sessions.ts';
import type { SigningKeys } from '../auth/signing-keys.ts';
import type { SourceTokens } from '../auth/source-tokens.ts';
import type { Catalog } from '../catalog/catalog.ts';
import type {
  ConservationReport,
  Flow,
  Summary,
  Timeseries,
  TimeseriesQuery,
} from '../contract/metrics.ts';
import type { Live, Ready } from '../contract/health.ts';
import type { TargetHealth, TargetTest } from '../contract/targets.ts';
import type { Clock } from '../domain/clock.ts';
import type { EventRecord } from '../domain/event.ts';
import type { TargetFormat } from '../domain/delivery.ts';
import type { IdFactory } from '../domain/ids.ts';
import type { Resource, Transform } from '../domain/resources.ts';
import type { BacktestDesk } from '../delivery/backtest/backtest-desk.ts';
import type { Rendered } from '../delivery/ports.ts';
import type { PreviewReplay } from '../delivery/replay/preview-replay.ts';
import type { AcceptEvents } from '../ingest/accept-events.ts';
import type { IngestLimits } from '../ingest/incoming-event.ts';
import type { Sharing } from '../limits/sharing.ts';
import type { Store } from '../store/store.ts';
import type { StreamHub } from '../stream/stream-hub.ts';
import type { TargetBlock } from '../monitoring/lane-block.ts';
import type { Transformer } from '../transform/create-transformer.ts';
import type { Drain } from './create-drain.ts';

/** One finished request, for the Prometheus registry. */
export interface RequestObservation {
  method: string;
  /** The route's path with its placeholders, so that its values are few. */
  route: string;
  status: number;
  durationMs: number;
}

export interface Logger {
  isLevelEnabled(level: 'info'): boolean;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface RateLimits {
  /** Calls a minute from one address, all routes but those of ingest. */
  apiPerMinute: number;
  /** Sign-ins a minute from one address. */
  loginPerMinute: number;
  /** Third-party webhooks and refused credentials at the events door, a minute and address. */
  ingestPerMinute: number;
  /** Events a second of a source that sets no rate of its own. */
  sourcePerSecond: number;
}

export interface HttpSettings {
  version: string;
  /** False: this process only delivers, and answers for its health and metrics alone. */
  servesApi: boolean;
  /** Where clients reach the gateway, such as `https://signalbox.example.com`. */
  publicUrl: string;
  /** How many proxies in front are believed about the client's address. */
  trustedHops: number;
  allowTargetCidrs: readonly string[];
  /** The built dashboard; null: not served here. */
  dashboardDir: string | null;
  ingest: IngestLimits;
  /** The longest body of other calls. */
  maxBodyBytes: number;
  rates: RateLimits;
  timeouts: { headersMs: number; requestMs: number; keepAliveMs: number };
}

/** Everything that the HTTP side needs; the composition root fills it. */
export interface Services {
  store: Store;
  catalog: Catalog;
  acceptEvents: AcceptEvents;
  delivery: {
    /** There may be new work, or a target's state has changed. */
    wake(): void;
    /** Over all processes: one open breaker stands out, what is in flight is summed. */
    breaker(targetId: string): TargetHealth['breaker'];
    inFlight(targetId: string): number;
    /** What holds an active target back, the gravest over all processes. */
    block(targetId: string): TargetBlock;
    /** Sends one example event at once, not stored. */
    test(target: Resource<'target'>): Promise<TargetTest>;
    renderFormat(event: EventRecord, format: TargetFormat): Rendered;
  };
  jobs: {
    /** There may be a job to work on. */
    wake(): void;
    preview: PreviewReplay;
  };
  backtest: BacktestDesk;
  transformer: Pick<Transformer, 'tryOut'>;
  /** Throws `invalid_transform` with the position. */
  checkTransform(transform: Transform): void;
  /** Throws `unauthenticated`. */
  authenticate: Authenticate;
  sessions: Sessions;
  sourceTokens: SourceTokens;
  signingKeys: Pick<SigningKeys, 'jwks'>;
  hashPassword(password: string): Promise<string>;
  sealer: Sealer;
  hub: Pick<StreamHub, 'open' | 'close'>;
  metrics: {
    summary(windowSeconds: number): Promise<Summary>;
    timeseries(query: TimeseriesQuery): Promise<Timeseries>;
    flow(request: { windowSeconds: number }): Promise<Flow>;
    conservation(): Promise<ConservationReport>;
    targetHealth(targetId: string): Promise<Omit<TargetHealth, keyof TargetBlock>>;
  };
  health: { live(): Live; ready(): Promise<Ready> };
  prometheus: { text(): Promise<string>; observeRequest(observation: RequestObservation): void };
  reportSecurityEvent: SecurityReporter;
  clock: Clock;
  ids: IdFactory;
  logger: Logger;
  drain: Drain;
  /** How the processes count towards the rate limits. */
  rateSharing: Sharing;
  settings: HttpSettings;
}
