import { expect, test } from '@jest/globals';
import { createSilence } from './silence.ts';

test('silence is counted by the own clock, however the clock of the other machine goes', () => {
  const silence = createSilence();
  const anHourBehind = -3_600_000;
  const lookAt = (now: number, beatAt: number) =>
    silence([{ number: 7, heartbeat_at: anHourBehind + beatAt }], now).get(7);
  expect(lookAt(0, 0)).toBe(0);
  expect(lookAt(2000, 2000)).toBe(0);
  expect(lookAt(4000, 2000)).toBe(2000);
  expect(lookAt(9000, 2000)).toBe(7000);
  expect(lookAt(9500, 9500)).toBe(0);
});

test('after a pause in which nobody could be heard, nobody is silent', () => {
  const silence = createSilence();
  const lookAt = (now: number) => silence([{ number: 7, heartbeat_at: 0 }], now).get(7);
  expect([0, 6000, 12_001, 14_001].map(lookAt)).toEqual([0, 6000, 0, 2000]);
});
