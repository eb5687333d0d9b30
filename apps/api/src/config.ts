import { hostname } from 'node:os';
import { resolve } from 'node:path';
import ipaddr from 'ipaddr.js';
import { z } from 'zod';

const LOOPBACK_CIDRS = ['127.0.0.0/8', '::1/128'];
const LOOPBACK_HOSTS = ['127.0.0.1', '::1', 'localhost'];

const cidrs = z
  .string()
  .transform((text) =>
    text === 'none'
      ? []
      : text
          .split(',')
          .map((part) => part.trim())
          .filter(Boolean),
  )
  .refine(
    (ranges) => ranges.every((range) => ipaddr.isValidCIDR(range)),
    'must be "none" or a list of CIDR ranges such as 10.0.0.0/8,fd00::/8',
  );

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, 'must be a whole number')
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const databaseUrl = z
  .string()
  .refine(
    (text) => /^file:./.test(text) || isPostgresUrl(text),
    'must be file:<path of the SQLite file> or postgres://user:password@host:port/database; leave it unset for signalbox.db in DATA_DIR',
  );

const PROCESS_ROLES = ['api', 'delivery'] as const;

const roles = z
  .string()
  .transform((text) => [...new Set(text.split(',').map((part) => part.trim()))])
  .pipe(
    z.array(z.enum(PROCESS_ROLES), {
      error: 'must be api, delivery or api,delivery',
    }),
  );

/** Every setting by the name of its environment variable; docs/settings.md describes each, and a guard test holds the two together. */
export const SETTINGS = {
  PORT: wholeNumber(0, 65_535).default(8080),
  HOST: z.string().default('127.0.0.1'),
  DATA_DIR: z
    .string()
    .default('data')
    .transform((path) => resolve(path)),
  DATABASE_URL: databaseUrl.optional(),
  DATABASE_CONNECTIONS: wholeNumber(2, 200).default(10),
  ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ADMIN_PASSWORD: z.string().min(12, 'must have at least 12 characters').optional(),
  ALLOW_TARGET_CIDRS: cidrs.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  TRUST_PROXY: wholeNumber(0, 10).default(0),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'], {
      error: 'must be one of trace, debug, info, warn, error, silent',
    })
    .optional(),
  LOG_DIR: z
    .string()
    .transform((path) => resolve(path))
    .optional(),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/, error: 'must be redis://host:port/db or rediss://…' })
    .optional(),
  CLOUDWATCH_NAMESPACE: z
    .string()
    .regex(
      /^(?!AWS\/)[\w./#:-]{1,255}$/,
      'must be a name of letters, digits and . - _ / # : that does not begin with AWS/',
    )
    .optional(),
  CLOUDWATCH_ENVIRONMENT: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/, 'must be a word such as production')
    .default('production'),
  SEALING_KEYS: z.string().optional(),
  RETENTION_DAYS: wholeNumber(1, 3650).default(30),
  SOURCE_RATE_PER_SECOND: wholeNumber(1, 1_000_000).default(10_000),
  ADDRESS_RATE_PER_SECOND: wholeNumber(1, 1_000_000).default(200),
  MAX_EVENT_BYTES: wholeNumber(65_536, 16_777_216).default(262_144),
  MAX_BATCH_BYTES: wholeNumber(65_536, 67_108_864).default(1_048_576),
  SHUTDOWN_SECONDS: wholeNumber(1, 300).default(20),
  DRAIN_SECONDS: wholeNumber(0, 60).default(2),
  ROLES: roles.default([...PROCESS_ROLES]),
  NODE_APP_INSTANCE: z.string().default('0'),
} as const;

const Settings = z.object(SETTINGS);

/** Everything that can be set from outside; read once at the start, then passed on. */
export interface Config {
  readonly port: number;
  readonly host: string;
  readonly dataDir: string;
  /** The SQLite file; without meaning where `postgresUrl` is set. */
  readonly databaseFile: string;
  /** The shared store; null: SQLite. Holds a password. */
  readonly postgresUrl: string | null;
  /** To PostgreSQL, at most, for each process. */
  readonly databaseConnections: number;
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  /** Private ranges that targets may lie in. */
  readonly allowTargetCidrs: readonly string[];
  /** Where people and senders reach the gateway; null: `http://host:port`. */
  readonly publicUrl: string | null;
  /** How many proxies in front may be believed about the client's address. */
  readonly trustProxy: number;
  readonly logLevel: string;
  /** Folder of the log's files; null: standard output. */
  readonly logDir: string | null;
  /** Where processes of several machines count together towards the rate limits; null: those of one machine do. */
  readonly redisUrl: string | null;
  /** Where figures are published in CloudWatch; null: nowhere. */
  readonly cloudWatchNamespace: string | null;
  /** The value of their dimension `Environment`. */
  readonly cloudWatchEnvironment: string;
  /** `id:base64,id:base64`, the first seals; null: a key file in the data folder. */
  readonly sealingKeys: string | null;
  readonly retentionDays: number;
  readonly sourceRatePerSecond: number;
  readonly addressRatePerSecond: number;
  readonly maxEventBytes: number;
  readonly maxBatchBytes: number;
  readonly shutdownSeconds: number;
  /** How long a stop goes on taking requests, each on its connection's last answer. */
  readonly drainSeconds: number;
  /** What this process does: takes requests, delivers, or both. */
  readonly roles: readonly (typeof PROCESS_ROLES)[number][];
  /** Tells the processes of one machine apart. */
  readonly instance: string;
  readonly hostName: string;
}

/**
 * Reads the settings from an environment. Throws one error whose message names every mistake.
 * @param environment such as `process.env`; empty values count as unset
 * @param options.isTerminal a person reads the output, so the log says only what is wrong unless told otherwise
 */
export function readConfig(
  environment: Readonly<Record<string, string | undefined>>,
  { isTerminal }: { isTerminal: boolean } = { isTerminal: false },
): Config {
  const given = Object.fromEntries(
    Object.keys(SETTINGS)
      .map((name) => [name, environment[name]?.trim()] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = Settings.safeParse(given);
  if (!result.success) throw new Error(describeMistakes(result.error));
  const set = result.data;
  return Object.freeze({
    port: set.PORT,
    host: set.HOST,
    dataDir: set.DATA_DIR,
    ...whereTheStoreIs(set),
    databaseConnections: set.DATABASE_CONNECTIONS,
    adminEmail: set.ADMIN_EMAIL ?? null,
    adminPassword: set.ADMIN_PASSWORD ?? null,
    allowTargetCidrs: set.ALLOW_TARGET_CIDRS ?? defaultTargetCidrs(set),
    publicUrl: set.PUBLIC_URL?.replace(/\/+$/, '') ?? null,
    trustProxy: set.TRUST_PROXY,
    logLevel: set.LOG_LEVEL ?? (isTerminal ? 'warn' : 'info'),
    logDir: set.LOG_DIR ?? null,
    redisUrl: set.REDIS_URL ?? null,
    cloudWatchNamespace: set.CLOUDWATCH_NAMESPACE ?? null,
    cloudWatchEnvironment: set.CLOUDWATCH_ENVIRONMENT,
    sealingKeys: set.SEALING_KEYS ?? null,
    retentionDays: set.RETENTION_DAYS,
    sourceRatePerSecond: set.SOURCE_RATE_PER_SECOND,
    addressRatePerSecond: set.ADDRESS_RATE_PER_SECOND,
    maxEventBytes: set.MAX_EVENT_BYTES,
    maxBatchBytes: set.MAX_BATCH_BYTES,
    shutdownSeconds: set.SHUTDOWN_SECONDS,
    drainSeconds: set.DRAIN_SECONDS,
    roles: set.ROLES,
    instance: set.NODE_APP_INSTANCE,
    hostName: hostname(),
  });
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

function whereTheStoreIs({
  DATABASE_URL: url,
  DATA_DIR: folder,
}: z.output<typeof Settings>): Pick<Config, 'databaseFile' | 'postgresUrl'> {
  const isFile = url?.startsWith('file:') === true;
  return {
    databaseFile: isFile ? resolve(url.slice('file:'.length)) : resolve(folder, 'signalbox.db'),
    postgresUrl: isFile ? null : (url ?? null),
  };
}

// On a laptop the targets run beside the gateway. Behind a proxy, loopback is the server's own inside.
function defaultTargetCidrs(set: z.output<typeof Settings>): string[] {
  const isLaptop =
    LOOPBACK_HOSTS.includes(set.HOST) && set.PUBLIC_URL === undefined && set.TRUST_PROXY === 0;
  return isLaptop ? LOOPBACK_CIDRS : [];
}

function describeMistakes(error: z.ZodError): string {
  const mistakes = error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  const count = mistakes.length === 1 ? 'a mistake' : `${mistakes.length} mistakes`;
  return `The settings have ${count}:\n${mistakes.join('\n')}\nEvery setting is described in docs/settings.md.`;
}

const SECRETS: readonly (keyof Config)[] = [
  'adminPassword',
  'postgresUrl',
  'redisUrl',
  'sealingKeys',
];

/** The settings for the log: secrets only as "set" or "not set". */
export function describeConfig(config: Config): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([name, value]) => [
      name,
      (SECRETS as readonly string[]).includes(name) ? (value === null ? 'not set' : 'set') : value,
    ]),
  );
}
