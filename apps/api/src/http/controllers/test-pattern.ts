import type { z } from 'zod';
import type { PatternTest } from '../../contract/tests.ts';
import { compilePattern } from '../../routing/compile-pattern.ts';
import { explainPattern } from '../../routing/explain-pattern.ts';
import type { Answer, Input } from '../exchange.ts';
import { toMatchFailure } from '../resources/to-match-failure.ts';
import type { Services } from '../services.ts';

/** Matches a pattern against any JSON object, as given. */
export function testPattern(
  _services: Services,
  { body }: Input<unknown, unknown, z.output<typeof PatternTest>>,
): Answer {
  const { matched, failures } = explainPattern(compilePattern(body.pattern), body.event);
  return { status: 200, body: { matched, failures: failures.map(toMatchFailure) } };
}
