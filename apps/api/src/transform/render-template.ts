import type { TemplatePath, TemplateSegment } from './template-place.ts';

/** How a text is written into what surrounds it. */
export type Escape = (text: string) => string;

/** For the inside of a JSON string. */
export const escapeJson: Escape = (text) => JSON.stringify(text).slice(1, -1);
/** For one step of a URL's path. */
export const escapePath: Escape = (text) => encodeURIComponent(text.toWellFormed());
/** For a header; what HTTP does not allow is refused later. */
export const escapeNothing: Escape = (text) => text;

/**
 * Fills a compiled template. Whole values that are missing become `null`; texts that are missing stay empty; objects
 * and numbers inside a string are written as JSON.
 * @param input parsed event, see `parseExact`
 * @throws Error when the result would be longer than `maxLength` characters
 */
export function renderTemplate(
  segments: readonly TemplateSegment[],
  input: unknown,
  escape: Escape,
  maxLength: number,
): string {
  let output = '';
  for (const segment of segments) {
    if (segment.kind === 'static') output += segment.text;
    else if (segment.kind === 'value')
      output += JSON.stringify(valueAt(input, segment.path) ?? null);
    else output += escape(asText(valueAt(input, segment.path)));
    if (output.length > maxLength) throw new Error(`The result is longer than ${maxLength} bytes.`);
  }
  return output;
}

function asText(value: unknown): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

function valueAt(input: unknown, path: TemplatePath): unknown {
  let value = input;
  for (const step of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step))
      return undefined;
    if (Array.isArray(value) !== (typeof step === 'number')) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
