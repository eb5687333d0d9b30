interface RawJson {
  rawJSON(text: string): unknown;
}

/**
 * Parses JSON such that `JSON.stringify` gives every number back as it was written, also those that a double cannot
 * hold (they become `JSON.rawJSON` objects).
 */
export function parseExact(text: string): unknown {
  // Short whole numbers are exact, and the usual case must not pay for a reviver.
  if (!/[:,[]\s*-?(?:\d{16}|\d+[.eE])/.test(text)) return JSON.parse(text) as unknown;
  return JSON.parse(text, keepNumber) as unknown;
}

function keepNumber(_key: string, value: unknown, context?: { source?: string }): unknown {
  const source = context?.source;
  if (typeof value !== 'number' || source === undefined || source === String(value)) return value;
  return (JSON as unknown as RawJson).rawJSON(source);
}
