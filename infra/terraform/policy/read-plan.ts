/** What stands in a plan's JSON, as far as rules read it. */
export interface PlanJson {
  variables?: Record<string, { value?: unknown }>;
  planned_values: { root_module: ModuleJson };
  prior_state?: { values?: { root_module: ModuleJson } };
}

interface ModuleJson {
  resources?: ResourceJson[];
  child_modules?: ModuleJson[];
}

interface ResourceJson {
  address: string;
  mode: 'managed' | 'data';
  type: string;
  values: Record<string, unknown>;
}

export interface Resource {
  address: string;
  type: string;
  values: Record<string, unknown>;
  /** A value by its path, such as `metadata_options.0.http_tokens`. */
  get(path: string): unknown;
  /** The same where text is wanted: what is not text is empty. */
  text(path: string): string;
  list(path: string): unknown[];
}

export interface Plan {
  resources: readonly Resource[];
  data: readonly Resource[];
  /** Values of variables that are long enough to be secrets. */
  variables: Record<string, unknown>;
  ofType(type: string): Resource[];
  /** Whether a resource of this type has this value: what refers to what, by id or name. */
  has(type: string, path: string, value: unknown): boolean;
  isProduction: boolean;
}

/** Reads a plan; best one of what was applied already, in which all values are known. */
export function readPlan(json: PlanJson): Plan {
  const planned = resourcesIn(json.planned_values.root_module);
  const resources = planned.filter(({ mode }) => mode === 'managed').map(openResource);
  const prior = json.prior_state?.values ? resourcesIn(json.prior_state.values.root_module) : [];
  const variables = Object.fromEntries(
    Object.entries(json.variables ?? {}).map(([name, { value }]) => [name, value]),
  );
  const ofType = (type: string): Resource[] => resources.filter((one) => one.type === type);
  return {
    resources,
    data: prior.filter(({ mode }) => mode === 'data').map(openResource),
    variables,
    ofType,
    has: (type, path, value) => ofType(type).some((one) => one.get(path) === value),
    isProduction: variables['environment'] === 'production',
  };
}

function resourcesIn(module: ModuleJson): ResourceJson[] {
  return [...(module.resources ?? []), ...(module.child_modules ?? []).flatMap(resourcesIn)];
}

function openResource({ address, type, values }: ResourceJson): Resource {
  const get = (path: string): unknown =>
    path
      .split('.')
      .reduce<unknown>(
        (value, name) =>
          typeof value === 'object' && value !== null
            ? (value as Record<string, unknown>)[name]
            : undefined,
        values,
      );
  return {
    address,
    type,
    values,
    get,
    text: (path) => {
      const value = get(path);
      return typeof value === 'string' ? value : '';
    },
    list: (path) => {
      const value = get(path);
      return Array.isArray(value) ? (value as unknown[]) : [];
    },
  };
}
