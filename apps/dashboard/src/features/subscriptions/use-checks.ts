import type { TransformTest } from '@signalbox/api/contract';
import { skipToken } from '@reduxjs/toolkit/query';
import { problemOf, type ApiProblem } from '../../api/problem.ts';
import { useTestPatternQuery, useTestTransformQuery } from '../../api/subscriptions.ts';
import { useDebounced } from '../../lib/use-debounced.ts';
import type { EditorFault } from '../../ui/CodeEditor/editor-types.ts';
import { readObject, readTransform, type SubscriptionForm } from './subscription-form.ts';

const TYPING_PAUSE_MS = 300;
const EMPTY = {};

/** What the gateway says of the pattern and of what it does with an event, asked while one types. */
export function usePatternCheck(pattern: string, event: string) {
  // Compared as text: each keystroke makes new objects of equal content.
  const [settledPattern, settledEvent] = useDebounced(`${pattern}\u0000${event}`, TYPING_PAUSE_MS)
    .split('\u0000')
    .map((text) => readObject(text));
  const asked =
    settledPattern !== undefined && 'value' in settledPattern
      ? {
          pattern: settledPattern.value,
          event: settledEvent !== undefined && 'value' in settledEvent ? settledEvent.value : EMPTY,
        }
      : skipToken;
  const { currentData, error } = useTestPatternQuery(asked);
  const problem = asked === skipToken ? null : problemOf(error);
  return { result: currentData, problem, faults: faultsOf(problem, '') };
}

/** Likewise of the transform. */
export function useTransformCheck(form: SubscriptionForm, event: string) {
  const transform = form.body.trim() === '' ? null : readTransform(form);
  const settled = JSON.parse(
    useDebounced(JSON.stringify({ transform, event }), TYPING_PAUSE_MS),
  ) as { transform: TransformTest['transform'] | null; event: string };
  const read = readObject(settled.event);
  const asked =
    settled.transform !== null && 'value' in read
      ? { transform: settled.transform, event: read.value }
      : skipToken;
  const { currentData, error } = useTestTransformQuery(asked);
  const problem = asked === skipToken ? null : problemOf(error);
  return { result: currentData, problem, faults: faultsOf(problem, '/transform/body') };
}

/** Faults of one member of what was asked, or of all of it, with the position that their words name. */
function faultsOf(problem: ApiProblem | null, member: string): EditorFault[] {
  return (problem?.faults ?? [])
    .filter(({ pointer }) => pointer.startsWith(member) || member.startsWith(pointer))
    .map(({ pointer, detail }) => {
      const position = /(?:offset|position) (\d+)/.exec(detail)?.[1];
      return position === undefined
        ? { message: detail, pointer: pointer.slice(member.length) }
        : { message: detail, position: Number(position) };
    });
}
