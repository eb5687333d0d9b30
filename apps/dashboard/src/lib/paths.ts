/** Every URL of the dashboard. Nothing else writes one. */
export const paths = {
  signIn: '/sign-in',
  overview: '/',
  flow: '/flow',
  events: '/events',
  event: (id: string) => `/events/${encodeURIComponent(id)}`,
  eventDelivery: (eventId: string, deliveryId: string) =>
    `/events/${encodeURIComponent(eventId)}?delivery=${encodeURIComponent(deliveryId)}`,
  eventsOf: (filters: Record<string, string>) => withQuery('/events', filters),
  deliveries: '/deliveries',
  deliveriesOf: (filters: Record<string, string>) => withQuery('/deliveries', filters),
  deadLetters: '/dead-letters',
  deadLettersOf: (filters: Record<string, string>) => withQuery('/dead-letters', filters),
  replays: '/replays',
  newReplay: '/replays/new',
  newReplayOf: (filters: Partial<Record<string, string | readonly string[]>>) =>
    withQuery('/replays/new', filters),
  replay: (id: string) => `/replays/${encodeURIComponent(id)}`,
  sources: '/sources',
  newSource: '/sources/new',
  source: (id: string) => `/sources/${encodeURIComponent(id)}`,
  targets: '/targets',
  newTarget: '/targets/new',
  target: (id: string) => `/targets/${encodeURIComponent(id)}`,
  targetAsking: (id: string, question: 'pause' | 'resume') =>
    withQuery(`/targets/${encodeURIComponent(id)}`, { ask: question }),
  subscriptions: '/subscriptions',
  newSubscription: '/subscriptions/new',
  newSubscriptionFor: (targetId: string) => withQuery('/subscriptions/new', { targetId }),
  cloneSubscription: (id: string) => withQuery('/subscriptions/new', { from: id }),
  subscription: (id: string) => `/subscriptions/${encodeURIComponent(id)}`,
  eventTypes: '/event-types',
  newEventType: '/event-types/new',
  // In the query: a dot in the path would look like a missing file to what serves the dashboard.
  eventType: (name: string) => withQuery('/event-types/one', { name }),
  alerts: '/alerts',
  openAlerts: '/alerts?state=open',
  alertRules: '/alert-rules',
  newAlertRule: '/alert-rules/new',
  alertRule: (id: string) => `/alert-rules/${encodeURIComponent(id)}`,
  auditLog: '/audit-log',
  auditLogOf: (filters: Record<string, string>) => withQuery('/audit-log', filters),
  users: '/users',
  newUser: '/users/new',
  user: (id: string) => `/users/${encodeURIComponent(id)}`,
  settings: '/settings',
} as const;

function withQuery(
  path: string,
  query: Partial<Record<string, string | readonly string[]>>,
): string {
  const params = new URLSearchParams();
  for (const [name, value = []] of Object.entries(query))
    for (const item of typeof value === 'string' ? [value] : value) params.append(name, item);
  const text = params.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Where to go after signing in: only a path of ours, never another origin. */
export function safeReturnPath(value: string | null): string {
  if (value === null || !/^\/(?![/\\])/.test(value)) return paths.overview;
  return value;
}
