const numbers = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** `12,345`. */
export function formatCount(value: number): string {
  return numbers.format(value);
}

/** `0`, `0.4`, `12.3`, `1,204`. */
export function formatRate(value: number): string {
  if (value === 0) return '0';
  if (value < 0.1) return '<0.1';
  if (value < 100) return String(Math.round(value * 10) / 10);
  return numbers.format(value);
}

/** `99.3 %`, never rounded up to 100 %; a dash without a value. */
export function formatShare(share: number | null): string {
  if (share === null) return '–';
  if (share === 1) return '100 %';
  return `${(Math.floor(share * 1000) / 10).toFixed(1)} %`;
}

/** `512 B`, `1.4 KiB`, `3.0 MiB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / (1024 * 1024)).toFixed(1)} MiB`;
}

/** `1 event`, `2 events`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** The end of an id, for places too narrow for all of it: `evt_…k2m9x1`. */
export function shortId(id: string): string {
  const bar = id.indexOf('_');
  return bar < 0 || id.length < 16 ? id : `${id.slice(0, bar + 1)}…${id.slice(-6)}`;
}

/** Pretty JSON where the text is JSON, the text itself otherwise. */
export function prettyJson(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The words and commas of a text field as a list without blanks. */
export function splitList(text: string): string[] {
  return text
    .split(/[\s,]+/)
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** A single-quoted word of a POSIX shell. */
export function shellQuote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}

const REASONS: Readonly<Record<string, string>> = {
  timeout: 'No answer in time',
  connect_timeout: 'Could not connect in time',
  connection_refused: 'Connection refused',
  connection_reset: 'Connection reset',
  dns: 'Name not found',
  tls: 'TLS failed',
  target_auth: 'No access token',
  forbidden_address: 'Address not allowed',
  invalid_response: 'Answer not understood',
  transform_failed: 'Transform failed',
  internal: 'Gateway fault',
  no_result: 'Transform gave no result',
  cancelled_by_user: 'Cancelled by a person',
  discarded: 'Discarded by a person',
  replay_cancelled: 'Replay cancelled',
};

/** A delivery's reason code in words: `HTTP 422`, `Connection refused`. */
export function reasonText(reason: string): string {
  const status = /^http_(\d{3})$/.exec(reason)?.[1];
  if (status !== undefined) return `HTTP ${status}`;
  return REASONS[reason] ?? reason.replaceAll('_', ' ');
}
