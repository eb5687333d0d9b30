/** Every URL of the dashboard. Nothing else writes one. */
export const paths = {
  signIn: '/sign-in',
  overview: '/',
  events: '/events',
  event: (id: string) => `/events/${encodeURIComponent(id)}`,
  eventDelivery: (eventId: string, deliveryId: string) =>
    `/events/${encodeURIComponent(eventId)}?delivery=${encodeURIComponent(deliveryId)}`,
  eventsOf: (filters: Record<string, string>) => withQuery('/events', filters),
  deliveries: '/deliveries',
  deliveriesOf: (filters: Record<string, string>) => withQuery('/deliveries', filters),
  deadLetters: '/dead-letters',
  deadLettersOf: (filters: Record<string, string>) => withQuery('/dead-letters', filters),
  sources: '/sources',
  newSource: '/sources/new',
  source: (id: string) => `/sources/${encodeURIComponent(id)}`,
  targets: '/targets',
  newTarget: '/targets/new',
  target: (id: string) => `/targets/${encodeURIComponent(id)}`,
  subscriptions: '/subscriptions',
  newSubscription: '/subscriptions/new',
  newSubscriptionFor: (targetId: string) => withQuery('/subscriptions/new', { targetId }),
  subscription: (id: string) => `/subscriptions/${encodeURIComponent(id)}`,
} as const;

function withQuery(path: string, query: Record<string, string>): string {
  const text = new URLSearchParams(query).toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Where to go after signing in: only a path of ours, never another origin. */
export function safeReturnPath(value: string | null): string {
  if (value === null || !/^\/(?![/\\])/.test(value)) return paths.overview;
  return value;
}
