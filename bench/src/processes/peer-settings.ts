/** What every application of the suite is told when it starts; see `systems/peer-process.ts`. */
export interface PeerSettings {
  targetUrl: string;
  dataFolder: string;
  /** Checks the callers' tokens (HS256). */
  tokenSecret: string;
  /** Signs the deliveries. */
  signingSecret: string;
  redisPort: number;
  /** Of an empty PostgreSQL database; empty where none is used. */
  databaseUrl: string;
}

/** Reads the settings that the suite put into the environment. */
export function readPeerSettings(): PeerSettings {
  return JSON.parse(process.env['BENCH_PEER'] ?? '') as PeerSettings;
}

/** Tells the suite the port that this application listens on, and ends with the suite. */
export function announcePort(port: number): void {
  process.on('disconnect', () => process.exit(0));
  process.on('SIGTERM', () => process.exit(0));
  process.send?.({ port });
}
