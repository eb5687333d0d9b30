import { currentShape } from './shape.ts';
import type { TestApp } from './start-test-app.ts';
import { waitUntil } from './wait-until.ts';

const PROCESSES = { embedded: 1, cluster: 2, fleet: 2 } as const;
const PROCESS_LABEL = /\bprocess="([^"]+)"/;
const TIMEOUT_MS = 10_000;

/** What `/metrics` of each process says; a connection meets whichever, so it is asked until all have answered. */
export async function readMetrics(app: Pick<TestApp, 'as'>): Promise<string[]> {
  const texts = new Map<string, string>();
  await waitUntil(
    () => `only ${[...texts.keys()].join(', ')} answered`,
    TIMEOUT_MS,
    async () => {
      const { text } = await app.as('admin', 'get', '/metrics');
      texts.set(PROCESS_LABEL.exec(text)?.[1] ?? '', text);
      return texts.size === PROCESSES[currentShape()];
    },
  );
  return [...texts.values()];
}
