/** One step of a JSON pointer (RFC 6901, section 3). */
export function escapePointer(name: string): string {
  return name.includes('~') || name.includes('/')
    ? name.replaceAll('~', '~0').replaceAll('/', '~1')
    : name;
}
