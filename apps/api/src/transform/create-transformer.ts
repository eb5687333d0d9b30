import type { Clock } from '../domain/clock.ts';
import { systemClock } from '../domain/clock.ts';
import type { Transform } from '../domain/resources.ts';
import type { RenderedEvent } from './attributes-of.ts';
import type { JsonataOutcome } from './jsonata-job.ts';
import { createJsonataRunner } from './jsonata-runner.ts';
import { createBoundedCache } from '../domain/bounded-cache.ts';
import { renderStructured } from './render-structured.ts';
import { SourceFault } from './template-place.ts';
import type { CompiledTemplate } from './template-transform.ts';
import { compileTemplateTransform } from './template-transform.ts';
import type { TransformLimits } from './transform-limits.ts';
import { DEFAULT_TRANSFORM_LIMITS } from './transform-limits.ts';
import type { TransformResult } from './transform-result.ts';

/** Runs transforms within limits. */
export interface Transformer {
  /**
   * Runs a transform on an event, which it sees as a CloudEvents object. Faults of the transform are results, not
   * exceptions; it rejects only when closed or when no thread can be started.
   * @param key names the transform in the cache of compiled ones, such as the subscription's id; a changed transform
   * under the same key is compiled anew
   */
  run(key: string, transform: Transform, event: RenderedEvent): Promise<TransformResult>;
  /** As `run`, for a transform that somebody is trying out: it holds up no other, whatever it does. */
  tryOut(transform: Transform, event: RenderedEvent): Promise<TransformResult>;
  /** Stops the threads; runs that wait are rejected. */
  close(): Promise<void>;
}

/** Templates run here, in time linear in event and template; JSONata in threads of its own. */
export function createTransformer(
  options: { clock?: Clock; limits?: Partial<TransformLimits> } = {},
): Transformer {
  const limits = { ...DEFAULT_TRANSFORM_LIMITS, ...options.limits };
  const runner = createJsonataRunner(options.clock ?? systemClock, limits);
  const templates = createBoundedCache<{ transform: string; render: CompiledTemplate }>(
    limits.cachedTransforms,
  );

  function runTemplate(key: string, transform: Transform, structured: string): TransformResult {
    try {
      const text = JSON.stringify(transform);
      let known = templates.get(key);
      if (known?.transform !== text) {
        known = { transform: text, render: compileTemplateTransform(transform) };
        templates.set(key, known);
      }
      return known.render(structured, limits.outputBytes);
    } catch (error) {
      if (!(error instanceof SourceFault)) throw error;
      return { outcome: 'failed', message: error.message, position: error.offset };
    }
  }

  async function render(
    key: string,
    transform: Transform,
    event: RenderedEvent,
    runJsonata: (structured: string) => Promise<JsonataOutcome>,
  ): Promise<TransformResult> {
    const structured = renderStructured(event).toString('utf8');
    if (transform.language === 'template') return runTemplate(key, transform, structured);
    const result = await runJsonata(structured);
    if (result.outcome !== 'ok') return result;
    return { ...result, body: Buffer.from(result.body), contentType: 'application/json' };
  }

  return {
    run: (key, transform, event) =>
      render(key, transform, event, (structured) => runner.run(key, transform, structured)),
    tryOut: (transform, event) =>
      render('trial', transform, event, (structured) => runner.tryOut(transform, structured)),
    close: () => runner.close(),
  };
}
