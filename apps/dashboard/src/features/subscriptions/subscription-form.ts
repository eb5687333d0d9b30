import type {
  Subscription,
  SubscriptionCreate,
  SubscriptionUpdate,
  Transform,
} from '@signalbox/api/contract';

/** A subscription as its form holds it: the pattern is JSON text. */
export interface SubscriptionForm {
  name: string;
  targetId: string;
  pattern: string;
  language: 'none' | Transform['language'];
  body: string;
  path: string;
  /** Empty: no order. */
  orderingKey: string;
  onDeadLetter: Subscription['onDeadLetter'];
  state: Subscription['state'];
}

export const EMPTY_SUBSCRIPTION: SubscriptionForm = {
  name: '',
  targetId: '',
  pattern: JSON.stringify({ type: [{ prefix: 'order.' }] }, null, 2),
  language: 'none',
  body: '',
  path: '',
  orderingKey: '',
  onDeadLetter: 'skip',
  state: 'active',
};

export function subscriptionToForm(subscription: Subscription): SubscriptionForm {
  const { transform } = subscription;
  return {
    name: subscription.name,
    targetId: subscription.targetId,
    pattern: JSON.stringify(subscription.pattern, null, 2),
    language: transform?.language ?? 'none',
    body: transform?.body ?? '',
    path: transform?.path ?? '',
    orderingKey: subscription.orderingKey ?? '',
    onDeadLetter: subscription.onDeadLetter,
    state: subscription.state,
  };
}

const MOST_NAME_LETTERS = 100;
const COPY = ' copy';

/** The form of a subscription like this one. */
export function subscriptionCopy(subscription: Subscription): SubscriptionForm {
  const form = subscriptionToForm(subscription);
  return { ...form, name: `${form.name.slice(0, MOST_NAME_LETTERS - COPY.length)}${COPY}` };
}

/** A JSON object in a text, or what is wrong with the text. */
export function readObject(text: string): { value: Record<string, unknown> } | { fault: string } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { fault: 'Must be a JSON object, such as { "type": ["order.created"] }.' };
    }
    return { value: value as Record<string, unknown> };
  } catch (error) {
    return { fault: `Not JSON yet: ${error instanceof Error ? error.message : 'unreadable'}` };
  }
}

/** `stored` keeps members that the form does not show, such as headers of the transform. */
export function readTransform(form: SubscriptionForm, stored?: Transform | null): Transform | null {
  if (form.language === 'none') return null;
  const { headers } = stored ?? {};
  return {
    language: form.language,
    body: form.body,
    ...(headers === undefined ? {} : { headers }),
    ...(form.path.trim() === '' ? {} : { path: form.path.trim() }),
  };
}

/** The body of a request, or null while the pattern is not JSON. */
export function formToSubscription(
  form: SubscriptionForm,
  stored?: Subscription,
): SubscriptionCreate | null {
  const pattern = readObject(form.pattern);
  if ('fault' in pattern) return null;
  return {
    name: form.name.trim(),
    targetId: form.targetId,
    pattern: pattern.value,
    transform: readTransform(form, stored?.transform),
    orderingKey: form.orderingKey.trim() === '' ? null : form.orderingKey.trim(),
    onDeadLetter: form.onDeadLetter,
    state: form.state,
  };
}

/** Only what differs from the stored subscription. */
export function subscriptionChange(
  form: SubscriptionForm,
  stored: Subscription,
): SubscriptionUpdate | null {
  const wanted = formToSubscription(form, stored);
  if (wanted === null) return null;
  const before: Readonly<Record<string, unknown>> = { ...stored };
  return Object.fromEntries(
    Object.entries(wanted).filter(
      ([name, value]) => JSON.stringify(value) !== JSON.stringify(before[name]),
    ),
  );
}
