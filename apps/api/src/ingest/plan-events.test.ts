import { expect, test } from '@jest/globals';
import type { NewEvent } from '../store/store.ts';
import { planEvents } from './plan-events.ts';

test('a batch that takes long to plan leaves the process its other work in between', async () => {
  let planned = 0;
  const plan = () => {
    const until = performance.now() + 60;
    while (performance.now() < until);
    planned += 1;
    return {} as NewEvent;
  };
  const planning = planEvents([{}, {}, {}], plan);
  await new Promise((resolve) => setImmediate(resolve));
  expect(planned).toBeLessThan(3);
  expect(await planning).toHaveLength(3);
});

test('refusals stay in their places and are not planned', async () => {
  const refusal = { code: 'forbidden', message: '', faults: [] } as const;
  const event = {} as NewEvent;
  expect(await planEvents([refusal, {}], () => event)).toEqual([refusal, event]);
});
