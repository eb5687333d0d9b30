/**
 * Encodes an attribute for an HTTP header: space, double quote, percent and all outside U+0021–U+007E become `%XX` of
 * their UTF-8 bytes (CloudEvents HTTP binding 1.0, section 3.1.3.2).
 */
export function percentEncode(text: string): string {
  return text.replace(/[^\x21-\x7e]+|["%]/g, (part) => {
    let encoded = '';
    for (const byte of Buffer.from(part, 'utf8')) {
      encoded += `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
    }
    return encoded;
  });
}
