import type { z } from 'zod';
import type { Backtest } from '../../contract/backtest.ts';
import type { TargetFormat } from '../../domain/delivery.ts';
import { compilePattern } from '../../routing/compile-pattern.ts';
import { matchPattern } from '../../routing/match-pattern.ts';
import { toDocument } from '../../routing/to-document.ts';
import type { Answer, Input } from '../exchange.ts';
import { showBacktestSample } from '../resources/show-backtest-sample.ts';
import { toTransform } from '../resources/to-transform.ts';
import { unknownTarget } from '../resources/unknown-target.ts';
import type { Services } from '../services.ts';

type Body = z.output<typeof Backtest>;

/** Tries a pattern and a transform on the newest stored events, without sending anything. */
export async function backtestSubscription(
  services: Services,
  { body }: Input<unknown, unknown, Body>,
): Promise<Answer> {
  const pattern = compilePattern(body.pattern);
  const transform = body.transform ? toTransform(body.transform) : null;
  if (transform) services.checkTransform(transform);
  const report = await services.backtest({
    matches: (event) => matchPattern(pattern, toDocument(event)),
    transform,
    format: await formatOf(services, body),
    limit: body.limit,
  });
  const samples = report.samples.map(showBacktestSample);
  return { status: 200, body: { ...report, samples } };
}

async function formatOf(
  services: Pick<Services, 'store'>,
  { format, targetId }: Body,
): Promise<TargetFormat> {
  if (targetId === undefined) return format ?? 'standard';
  const target = await services.store.getResource('target', targetId);
  if (!target) throw unknownTarget(targetId);
  return format ?? target.body.format;
}
