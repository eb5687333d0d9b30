/** Whether a media type declares JSON: its subtype is `json` or ends with `+json`; parameters are ignored (CloudEvents JSON format 1.0, section 3.1). */
export function isJsonType(mediaType: string): boolean {
  return /^[^/]+\/(?:[^;]*\+)?json$/.test((mediaType.split(';')[0] ?? '').trim().toLowerCase());
}
