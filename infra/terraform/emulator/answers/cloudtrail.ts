import { type Handler, type Handlers, withBody } from '../call.ts';

/** Trails may be named by their ARN wherever a name is taken; moto knows the name alone. */
export function trailsByArn(): Handlers {
  const byName: Handler = (call, forward) =>
    forward(withBody(call, call.body.toString('utf8').replaceAll(/arn:[^"]*:trail\//g, '')));
  const actions = [
    'StartLogging',
    'StopLogging',
    'GetTrailStatus',
    'GetEventSelectors',
    'GetInsightSelectors',
    'UpdateTrail',
    'DeleteTrail',
  ];
  return Object.fromEntries(actions.map((action) => [`cloudtrail:${action}`, byName]));
}
