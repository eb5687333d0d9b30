/** A header's value from what an expression made; undefined: leave the header out. Throws an Error that names the fault. */
export function headerValueOf(name: string, value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    throw new Error(`The header ${name} must be a text, a number or a boolean.`);
  }
  const text = String(value);
  // What RFC 9110 allows in a field value.
  if (!/^[\t -~\u0080-\u00ff]*$/.test(text)) {
    throw new Error(`The header ${name} holds a character that HTTP does not allow.`);
  }
  return text;
}

/** A path from what an expression made; null: the target's own. Throws an Error that names the fault. */
export function pathOf(value: unknown): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || !/^\/(?!\/)[!-~]*$/.test(value) || /[#\\]/.test(value)) {
    throw new Error(
      'The path must be a text that begins with one slash and holds only what a URL may hold.',
    );
  }
  return value;
}
