import { signIn } from './api-client.ts';
import type { GatewayProcess } from './start-gateway.ts';
import { waitUntil } from './wait-until.ts';

export const TOGETHER = '200 ok: rate limits are counted by 2 processes together';
export const APART =
  '200 warning: rate limits cannot be shared: this process counts 1/2 of each by itself';

const NOTICE_MS = 10_000;

/** What `/health/ready` says of the rate limits: its own status, the check's, and the check's text. */
export async function readLimitsCheck({ url }: GatewayProcess): Promise<string> {
  const ready = await fetch(`${url}/health/ready`);
  const { checks } = (await ready.json()) as {
    checks: Record<string, { status: string; detail: string }>;
  };
  return `${ready.status} ${checks['rateLimits']?.status}: ${checks['rateLimits']?.detail}`;
}

/** Waits until `/health/ready` of a gateway says this of the rate limits. */
export async function waitForLimitsCheck(gateway: GatewayProcess, expected: string): Promise<void> {
  let seen = '';
  await waitUntil(
    () => `expected "${expected}", seen "${seen}"`,
    NOTICE_MS,
    async () => {
      seen = await readLimitsCheck(gateway);
      return seen === expected;
    },
  );
}

/** A gauge of this process. */
export async function readGauge({ url }: GatewayProcess, name: string): Promise<number> {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(new RegExp(`^${name}\\{[^}]*\\} (\\d+)$`, 'm').exec(metrics)?.[1]);
}

/** A source with a key of its own at a gateway. */
export async function addSource({ url }: GatewayProcess, ratePerSecond: number): Promise<string> {
  const admin = await signIn(url);
  const { id } = await admin.post<{ id: string }>('/v1/sources', { name: 'shop', ratePerSecond });
  const { key } = await admin.post<{ key: string }>(`/v1/sources/${id}/keys`, { name: 'k' });
  return key;
}

/** Knocks with a credential that nobody has: each knock is counted by client address. Answers the statuses. */
export async function knock(gateway: GatewayProcess, times: number): Promise<Response[]> {
  const one = () =>
    fetch(`${gateway.url}/v1/events`, {
      method: 'POST',
      headers: {
        authorization: `Bearer sbk_${'A'.repeat(43)}`,
        'content-type': 'application/json',
      },
      body: '{"type":"a"}',
    });
  const answers: Response[] = [];
  for (let count = 0; count < times; count += 1) answers.push(await one());
  return answers;
}
