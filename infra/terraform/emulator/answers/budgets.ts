import { type Call, type Handler, type Handlers, json } from '../call.ts';

interface Subscribed {
  Notification: { NotificationType: string };
  Subscribers: unknown[];
}

interface Sent extends Partial<Subscribed> {
  BudgetName?: string;
  Budget?: { BudgetName: string };
  NotificationsWithSubscribers?: Subscribed[];
  ResourceTags?: unknown[];
  ResourceARN?: string;
}

/** Who is told of a budget, and its tags: moto keeps neither. */
export function budgetSubscribers(): Handlers {
  const subscribers = new Map<string, unknown[]>();
  const tags = new Map<string, unknown[]>();
  const read = (call: Call): Sent => JSON.parse(call.body.toString('utf8')) as Sent;
  const keyOf = ({ BudgetName, Budget }: Sent, type: string | undefined): string =>
    `${BudgetName ?? Budget?.BudgetName ?? ''} ${type ?? ''}`;

  const keep: Handler = (call, forward) => {
    const sent = read(call);
    const { Notification, Subscribers = [], NotificationsWithSubscribers = [] } = sent;
    if (sent.Budget) tags.set(sent.Budget.BudgetName, sent.ResourceTags ?? []);
    const own = Notification ? [{ Notification, Subscribers }] : [];
    for (const one of [...NotificationsWithSubscribers, ...own])
      subscribers.set(keyOf(sent, one.Notification.NotificationType), one.Subscribers);
    return forward(call);
  };

  return {
    'budgets:CreateBudget': keep,
    'budgets:CreateNotification': keep,
    'budgets:ListTagsForResource': (call) => {
      const name = read(call).ResourceARN?.split('/').at(-1) ?? '';
      return json({ ResourceTags: tags.get(name) ?? [] });
    },
    'budgets:DescribeSubscribersForNotification': (call) => {
      const sent = read(call);
      const key = keyOf(sent, sent.Notification?.NotificationType);
      return json({ Subscribers: subscribers.get(key) ?? [] });
    },
  };
}
