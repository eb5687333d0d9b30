/** What each role may do, in words. */
export const ROLE_OPTIONS = [
  ['viewer', 'Viewer: sees everything'],
  ['operator', 'Operator: retries, replays and pauses too'],
  ['admin', 'Admin: changes settings and users too'],
] as const;

export type Role = (typeof ROLE_OPTIONS)[number][0];
