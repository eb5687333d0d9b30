/** What the function at the edge makes of a path, as pairs of what is asked for and what the bucket is asked for. */
export const SINGLE_PAGE_CASES: readonly [asked: string, taken: string][] = [
  ['/', '/index.html'],
  ['/events', '/index.html'],
  ['/events/evt_1', '/index.html'],
  ['/targets/', '/index.html'],
  ['/v1.2/notes', '/index.html'],
  ['/index.html', '/index.html'],
  ['/favicon.svg', '/favicon.svg'],
  ['/assets/Badge-CODv4iAW.css', '/assets/Badge-CODv4iAW.css'],
];
