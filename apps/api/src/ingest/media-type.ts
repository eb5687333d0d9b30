/** Type and subtype in lower case without parameters; empty when there is none. */
export function mediaTypeOf(contentType: string | undefined): string {
  if (contentType === undefined) return '';
  const end = contentType.indexOf(';');
  return (end < 0 ? contentType : contentType.slice(0, end)).trim().toLowerCase();
}

/** Whether data of this type is JSON: subtype `json` or `…+json` (CloudEvents JSON format 1.0, section 3.1). */
export function isJsonMediaType(contentType: string): boolean {
  const mediaType = mediaTypeOf(contentType);
  return mediaType.endsWith('/json') || mediaType.endsWith('+json');
}

const TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const MEDIA_TYPE = new RegExp(
  `^${TOKEN}/${TOKEN}(?:[ \\t]*;[ \\t]*${TOKEN}=(?:${TOKEN}|"(?:[ !#-\\[\\]-~]|\\\\[ -~])*"))*[ \\t]*;?$`,
);

/** Whether the text is a media type with optional parameters (RFC 2046; the grammar of RFC 9110, section 8.3, in printable ASCII: it goes out in a header). */
export function isMediaType(text: string): boolean {
  return MEDIA_TYPE.test(text);
}
