import type { RenderedEvent } from './attributes-of.ts';
import { attributesOf, contentTypeOf } from './attributes-of.ts';

/** The event in the CloudEvents JSON format, as UTF-8. JSON data are the very bytes that came in. */
export function renderStructured(event: RenderedEvent): Buffer {
  const contentType = contentTypeOf(event);
  const members = attributesOf(event);
  if (contentType !== null) members.push(['datacontenttype', contentType]);
  const head = members.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`);
  const start = `{${head.join(',')}`;
  if (event.data === null || event.dataKind === 'none') return Buffer.from(`${start}}`);
  if (event.dataKind === 'json') {
    return Buffer.concat([Buffer.from(`${start},"data":`), event.data, Buffer.from('}')]);
  }
  const base64 = Buffer.from(event.data).toString('base64');
  return Buffer.from(`${start},"data_base64":"${base64}"}`);
}
