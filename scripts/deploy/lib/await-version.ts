import { setTimeout as wait } from 'node:timers/promises';
import { Stop } from './program.ts';

const POLL_MS = 500;
const ANSWER_MS = 10_000;

/** Where a gateway is asked, and what this way to it is called. */
export interface Door {
  name: string;
  /** Without a path. */
  url: string;
  headers?: Readonly<Record<string, string>>;
}

/**
 * Asks until the gateway says that it is ready and of this version.
 * @throws Stop with its last answer when it does not within the time
 */
export async function awaitVersion(
  door: Door,
  version: string,
  timeoutSeconds: number,
  isLost: () => string | null = () => null,
): Promise<void> {
  const deadline = performance.now() + timeoutSeconds * 1000;
  for (;;) {
    const answer = await ask(door);
    if (answer === `ready ${version}`) return;
    const lost = isLost();
    if (lost !== null) throw new Stop(`${door.name}: ${lost}`);
    if (performance.now() > deadline) {
      throw new Stop(
        `${door.name} (${door.url}) was to be ready with version ${version} within ${timeoutSeconds} s; its last answer: ${answer}`,
      );
    }
    await wait(POLL_MS);
  }
}

/** `ready 1.4.0`, or what stood in the way. */
async function ask({ url, headers = {} }: Door): Promise<string> {
  try {
    const response = await fetch(`${url}/health/ready`, {
      // A kept connection would ask the same process each time.
      headers: { ...headers, connection: 'close' },
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = await response.text();
    if (!response.headers.get('content-type')?.includes('json')) {
      return `${response.status} ${response.headers.get('location') ?? text.slice(0, 200)}`;
    }
    const { status, version, detail } = JSON.parse(text) as Record<string, string>;
    if (response.ok && status === 'ready') return `ready ${version ?? ''}`;
    return `${response.status} ${detail ?? text.slice(0, 500)}`;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return String(cause);
  }
}
