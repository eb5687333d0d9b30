import { ApiError, type ApiClient } from './api-client.ts';
import type { Receiver } from './receiver.ts';

export interface SetUp {
  /** Sent as `Authorization: Bearer`. */
  sourceKey: string;
  /** By id, the path at which each target's deliveries come in. */
  pathOfTarget: ReadonlyMap<string, string>;
  nameOfSubscription: ReadonlyMap<string, string>;
}

interface Named {
  id: string;
  name: string;
}

interface Plan {
  target: { name: string; path: string; format: string };
  subscription: { name: string; pattern: unknown; transform: unknown };
}

const SOURCE_NAME = 'Demo: GitHub';
const RETRY_SECONDS = [1, 2, 4, 8, 16, 32];

// Each event goes one of two ways, so that in the end as many were delivered as were sent.
const TALK = [{ prefix: 'github.issue' }, { prefix: 'github.pull_request' }];
const OTHER = [{ 'anything-but': { prefix: ['github.issue', 'github.pull_request'] } }];

const PLANS: readonly Plan[] = [
  {
    target: { name: 'Demo: archive', path: '/archive', format: 'cloudevents-structured' },
    subscription: {
      name: 'Demo: all but issues and pull requests',
      pattern: { type: OTHER },
      transform: null,
    },
  },
  {
    target: { name: 'Demo: chat', path: '/chat', format: 'standard' },
    subscription: {
      name: 'Demo: issues and pull requests',
      pattern: { type: TALK },
      transform: {
        language: 'jsonata',
        body: `{
          "text": data.sender.login & " " & data.action & " #" &
            (data.issue.number ? data.issue.number : data.pull_request.number) &
            " in " & data.repository.full_name,
          "link": data.issue.html_url ? data.issue.html_url : data.pull_request.html_url,
          "labels": [data.issue.labels.name]
        }`,
      },
    },
  },
];

/** Makes the demo's source, key, targets and subscriptions, or brings those of an earlier run up to date. */
export async function setUp(api: ApiClient, receiver: Receiver): Promise<SetUp> {
  const pathOfTarget = new Map<string, string>();
  const nameOfSubscription = new Map<string, string>();
  const source = await makeOrUpdate(api, '/v1/sources', {
    name: SOURCE_NAME,
    description: 'Made by npm run demo.',
    allowedSources: ['https://github.com/*'],
  });
  const { key } = await api.post<{ key: string }>(`/v1/sources/${source.id}/keys`, {
    name: `demo ${new Date().toISOString()}`,
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  });
  for (const { target, subscription } of PLANS) {
    const targetId = await makeTarget(api, receiver, target);
    const made = await makeOrUpdate(api, '/v1/subscriptions', { ...subscription, targetId });
    pathOfTarget.set(targetId, target.path);
    nameOfSubscription.set(made.id, subscription.name);
  }
  return { sourceKey: key, pathOfTarget, nameOfSubscription };
}

async function makeTarget(
  api: ApiClient,
  receiver: Receiver,
  { name, path, format }: Plan['target'],
): Promise<string> {
  const target = await makeOrUpdate<Named & { secret?: string }>(api, '/v1/targets', {
    name,
    format,
    url: receiver.url + path,
    retry: { scheduleSeconds: RETRY_SECONDS },
    state: 'active',
  }).catch(explainRefusedAddress);
  // A secret is shown only when it is made, so an old target gets a new one.
  const secret =
    target.secret ??
    (await api.post<{ secret: string }>(`/v1/targets/${target.id}/rotate-secret`, {})).secret;
  receiver.expect(path, secret);
  return target.id;
}

async function makeOrUpdate<Resource extends Named>(
  api: ApiClient,
  path: string,
  body: { name: string; [member: string]: unknown },
): Promise<Resource> {
  const existing = await findByName(api, path, body.name);
  return existing === null
    ? api.post<Resource>(path, body)
    : api.patch<Resource>(`${path}/${existing.id}`, body);
}

async function findByName(api: ApiClient, path: string, name: string): Promise<Named | null> {
  let cursor: string | null = '';
  while (cursor !== null) {
    const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
    const page: { data: Named[]; nextCursor: string | null } = await api.get(
      `${path}?limit=200${query}`,
    );
    const found = page.data.find((item) => item.name === name);
    if (found !== undefined) return found;
    cursor = page.nextCursor;
  }
  return null;
}

function explainRefusedAddress(error: unknown): never {
  if (error instanceof ApiError && /may not be a target|Use https:/.test(error.message)) {
    throw new Error(
      "The gateway does not deliver to this machine's own addresses, where the demo's receiver is.\n" +
        'Start it with: ALLOW_TARGET_CIDRS=127.0.0.0/8 npm start',
      { cause: error },
    );
  }
  throw error;
}
