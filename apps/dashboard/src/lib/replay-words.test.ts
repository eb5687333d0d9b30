import { describe, expect, test } from '@jest/globals';
import { progressText, replayName, waitText, type NamedReplay } from './replay-words.ts';

const names = {
  target: (id: string) => ({ tgt_1: 'billing' })[id],
  subscription: (id: string) => ({ sub_1: 'orders' })[id],
};
const replay = (changes: Partial<NamedReplay>): string =>
  replayName({ kind: 'replay', filter: {}, destination: { kind: 'original' }, ...changes }, names);

describe('the name of a replay', () => {
  test.each<[string, Partial<NamedReplay>]>([
    ['All events to where they went', {}],
    ['order.created events to where they went', { filter: { type: ['order.created'] } }],
    ['Some events to where they went', { filter: { q: 'x' } }],
    [
      '1 event to billing',
      { filter: { id: ['evt_1'] }, destination: { kind: 'target', targetId: 'tgt_1' } },
    ],
    [
      'All events through orders, sub_2',
      { destination: { kind: 'subscriptions', subscriptionIds: ['sub_1', 'sub_2'] } },
    ],
    [
      'Retry dead letters of billing, HTTP 422',
      {
        kind: 'retry-dead',
        filter: { targetId: ['tgt_1'], reason: ['http_422'] },
        destination: null,
      },
    ],
    ['Discard dead letters', { kind: 'discard-dead', destination: null }],
  ])('is "%s"', (name, changes) => {
    expect(replay(changes)).toBe(name);
  });
});

test('progress says how much of how much, and never more than all', () => {
  expect(progressText({ kind: 'replay', scanned: 1204, expected: 5000 })).toBe(
    '1,204 of 5,000 events',
  );
  expect(progressText({ kind: 'replay', scanned: 3, expected: 2 })).toBe('3 of 3 events');
  expect(progressText({ kind: 'replay', scanned: 12, expected: null })).toBe('12 events');
  expect(progressText({ kind: 'retry-dead', scanned: 1, expected: 1 })).toBe('1 of 1 dead letter');
});

test('each reason to wait has words, and a new one is still readable', () => {
  expect(waitText('backlog')).toBe('Waits until the target has caught up.');
  expect(waitText('moon_phase')).toBe('moon phase');
});
