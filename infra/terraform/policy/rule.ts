import type { Plan, Resource } from './read-plan.ts';
import type { Source } from './read-sources.ts';

export interface Finding {
  rule: number;
  /** A resource's address in the plan, or a place in the source. */
  at: string;
  message: string;
}

/** Something wrong at a place; which rule says so is known by where it comes from. */
export type Fault = Omit<Finding, 'rule'>;

export interface PlanRule {
  number: number;
  title: string;
  findFaults: (plan: Plan) => Fault[];
}

export interface SourceRule {
  number: number;
  title: string;
  findFaults: (sources: readonly Source[]) => Fault[];
}

/** A fault at each resource of a kind of which something does not hold. */
export function faultsOf(
  plan: Plan,
  types: readonly string[],
  isGood: (resource: Resource) => boolean,
  message: string,
): Fault[] {
  return types
    .flatMap((type) => plan.ofType(type))
    .filter((resource) => !isGood(resource))
    .map(({ address }) => ({ at: address, message }));
}
