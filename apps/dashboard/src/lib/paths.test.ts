import { describe, expect, test } from '@jest/globals';
import { paths, safeReturnPath } from './paths.ts';

test('every URL of the dashboard is one of these', () => {
  const id = 'x_1/?';
  const urls = Object.entries(paths).map(([name, path]) => [
    name,
    typeof path === 'string'
      ? path
      : (path as (...args: unknown[]) => string)(
          name.endsWith('Of') ? { state: 'dead', q: 'a b' } : id,
          'dlv_1',
        ),
  ]);
  expect(Object.fromEntries(urls)).toEqual({
    signIn: '/sign-in',
    overview: '/',
    flow: '/flow',
    events: '/events',
    event: '/events/x_1%2F%3F',
    eventDelivery: '/events/x_1%2F%3F?delivery=dlv_1',
    eventsOf: '/events?state=dead&q=a+b',
    deliveries: '/deliveries',
    deliveriesOf: '/deliveries?state=dead&q=a+b',
    deadLetters: '/dead-letters',
    deadLettersOf: '/dead-letters?state=dead&q=a+b',
    replays: '/replays',
    newReplay: '/replays/new',
    newReplayOf: '/replays/new?state=dead&q=a+b',
    replay: '/replays/x_1%2F%3F',
    sources: '/sources',
    newSource: '/sources/new',
    source: '/sources/x_1%2F%3F',
    targets: '/targets',
    newTarget: '/targets/new',
    target: '/targets/x_1%2F%3F',
    targetAsking: '/targets/x_1%2F%3F?ask=dlv_1',
    subscriptions: '/subscriptions',
    newSubscription: '/subscriptions/new',
    newSubscriptionFor: '/subscriptions/new?targetId=x_1%2F%3F',
    cloneSubscription: '/subscriptions/new?from=x_1%2F%3F',
    subscription: '/subscriptions/x_1%2F%3F',
    eventTypes: '/event-types',
    newEventType: '/event-types/new',
    eventType: '/event-types/one?name=x_1%2F%3F',
    alerts: '/alerts',
    openAlerts: '/alerts?state=open',
    alertRules: '/alert-rules',
    newAlertRule: '/alert-rules/new',
    alertRule: '/alert-rules/x_1%2F%3F',
    auditLog: '/audit-log',
    auditLogOf: '/audit-log?state=dead&q=a+b',
    users: '/users',
    newUser: '/users/new',
    user: '/users/x_1%2F%3F',
    settings: '/settings',
  });
});

describe('the way back after signing in', () => {
  test.each(['/events?q=1', '/', '/targets/tgt_1'])('%s is taken', (path) => {
    expect(safeReturnPath(path)).toBe(path);
  });
  test.each([null, '', 'https://evil.example', '//evil.example', '/\\evil.example', 'events'])(
    '%p leads to the overview',
    (path) => {
      expect(safeReturnPath(path)).toBe('/');
    },
  );
});
