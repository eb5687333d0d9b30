import type { TargetFormat } from '../../domain/delivery.ts';
import type { EventRecord } from '../../domain/event.ts';
import type { Transform } from '../../domain/resources.ts';
import type { Rendered, RenderFormat, Transformer } from '../ports.ts';

/** What a subscription would make of one event. */
export type Shaped =
  | ({ outcome: 'ok'; path: string | null } & Rendered)
  | Exclude<Awaited<ReturnType<Transformer['run']>>, { outcome: 'ok' }>;

export type Shape = (event: EventRecord) => Promise<Shaped>;

/** Makes the function that shapes events by a transform, or without one by a fixed format. */
export function createShape(
  deps: { transformer: Transformer; renderFormat: RenderFormat },
  { transform, format }: { transform: Transform | null; format: TargetFormat },
): Shape {
  return (event) =>
    transform
      ? deps.transformer.run('backtest', transform, event)
      : Promise.resolve({ outcome: 'ok', path: null, ...deps.renderFormat(event, format) });
}
