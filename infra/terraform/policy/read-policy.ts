/** A statement of an IAM policy, with lists where the language allows one or many. */
export interface Statement {
  effect: string;
  actions: string[];
  resources: string[];
  principal: unknown;
  condition: Record<string, Record<string, string | string[]>>;
}

interface RawStatement {
  Effect: string;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  Principal?: unknown;
  Condition?: Statement['condition'];
}

/** Reads a policy; what is no policy has no statements. NotAction counts as all actions, because it grants what nobody listed. */
export function readPolicy(text: string): Statement[] {
  if (text === '') return [];
  const { Statement = [] } = JSON.parse(text) as { Statement?: RawStatement | RawStatement[] };
  return listOf(Statement).map((one) => ({
    effect: one.Effect,
    actions: one.NotAction === undefined ? listOf(one.Action) : ['*'],
    resources: listOf(one.Resource),
    principal: one.Principal,
    condition: one.Condition ?? {},
  }));
}

export function listOf<T>(value: T | T[] | undefined): T[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
