import { readPlace } from './template-place.ts';
import type { TemplateSegment } from './template-place.ts';

/** Compiles a plain text with places in it, as headers and paths have. Throws `SourceFault`. */
export function compileText(source: string): readonly TemplateSegment[] {
  const segments: TemplateSegment[] = [];
  let copied = 0;
  for (let at = source.indexOf('{{'); at >= 0; at = source.indexOf('{{', copied)) {
    if (at > copied) segments.push({ kind: 'static', text: source.slice(copied, at) });
    const { path, end } = readPlace(source, at);
    segments.push({ kind: 'text', path });
    copied = end;
  }
  if (copied < source.length) segments.push({ kind: 'static', text: source.slice(copied) });
  return segments;
}
