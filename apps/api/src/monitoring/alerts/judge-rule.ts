import { ALERT_MEASURE_TRAITS } from '../../domain/alert.ts';
import type { AlertRuleBody, Resource } from '../../domain/resources.ts';
import type { Condition } from './condition.ts';
import { measureScope, type Place } from './measure-scope.ts';
import type { Readings } from './readings.ts';

/** The names of what a rule may be about, as the configuration is now. */
export interface Names {
  targetIds(): readonly string[];
  /** Null: there is none. */
  target(id: string): string | null;
  source(id: string): string | null;
}

/** Holds a rule against the figures: one condition for each place of its scope. A target or source that is gone has none. */
export function judgeRule(
  rule: Resource<'alert-rule'>,
  readings: Readings,
  names: Names,
): Condition[] {
  return placesOf(rule.body, names).map((place) => judge(rule, place, readings, names));
}

function placesOf({ scope }: AlertRuleBody, names: Names): Place[] {
  switch (scope.kind) {
    case 'all':
      return [{ targetId: null, sourceId: null }];
    case 'each-target':
      return names.targetIds().map((targetId) => ({ targetId, sourceId: null }));
    case 'target':
      return names.target(scope.targetId) === null
        ? []
        : [{ targetId: scope.targetId, sourceId: null }];
    case 'source':
      return names.source(scope.sourceId) === null
        ? []
        : [{ targetId: null, sourceId: scope.sourceId }];
  }
}

function judge(
  { id, body }: Resource<'alert-rule'>,
  place: Place,
  readings: Readings,
  names: Names,
): Condition {
  const { measure, threshold, windowMinutes, severity } = body;
  const value = measureScope(measure, windowMinutes, place, readings);
  const name = nameOf(place, names);
  return {
    state: stateOf(body, value),
    alert: {
      key: `${id} ${place.targetId ?? place.sourceId ?? 'all'}`,
      code: 'rule',
      ruleId: id,
      measure,
      ...place,
      severity,
      title: name === null ? body.name : `${body.name}: ${name}`,
      detail: describe(body, value ?? 0),
      value,
      threshold,
    },
  };
}

/** Where there is nothing to measure nothing is wrong; but a count that was not made says nothing either way. */
function stateOf({ measure, threshold }: AlertRuleBody, value: number | null): Condition['state'] {
  if (value === null) return measure === 'conservationDifference' ? 'unknown' : 'ended';
  const isMet =
    ALERT_MEASURE_TRAITS[measure].raisedWhen === 'above' ? value > threshold : value < threshold;
  return isMet ? 'met' : 'ended';
}

function nameOf({ targetId, sourceId }: Place, names: Names): string | null {
  if (targetId !== null) return names.target(targetId) ?? targetId;
  return sourceId === null ? null : (names.source(sourceId) ?? sourceId);
}

function describe({ measure, threshold, windowMinutes }: AlertRuleBody, value: number): string {
  const { label, unit, raisedWhen, hasWindow } = ALERT_MEASURE_TRAITS[measure];
  const show = (number: number) => `${Math.round(number * 100) / 100}${unit && ` ${unit}`}`;
  const over = hasWindow ? ` over ${windowMinutes} min` : '';
  const sentence = `${label}: ${show(value)}${over}, ${raisedWhen} ${show(threshold)}`;
  return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`;
}
