/** A place such as `data.items[0].id`, as its steps. */
export type TemplatePath = readonly (string | number)[];

/** What a template is made of: text to copy, whole JSON values, and texts inside a string. */
export type TemplateSegment =
  { kind: 'static'; text: string } | { kind: 'value' | 'text'; path: TemplatePath };

/** A fault in a source text; `offset` counts characters from its start. */
export class SourceFault extends Error {
  override readonly name = 'SourceFault';
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** Reads the place that begins at `offset`; throws `SourceFault`. */
export function readPlace(source: string, offset: number): { path: TemplatePath; end: number } {
  const place = /\{\{\s*([^\s{}]+)\s*\}\}/y;
  place.lastIndex = offset;
  const found = place.exec(source);
  const written = found?.[1];
  if (!found || written === undefined) {
    throw new SourceFault('Expected a place such as {{ data.order.id }}.', offset);
  }
  const path: (string | number)[] = [];
  const steps = /(?:^|\.)([^\s.[\]{}"'\\]+)|\[(\d{1,9})\]/y;
  while (steps.lastIndex < written.length) {
    const step = steps.exec(written);
    if (!step || (path.length === 0 && step[1] === undefined)) {
      throw new SourceFault(
        `"${written}" is not a path: write names with dots and indexes in brackets, as in data.items[0].id.`,
        offset,
      );
    }
    path.push(step[1] ?? Number(step[2]));
  }
  return { path, end: offset + found[0].length };
}
