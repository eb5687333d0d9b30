import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

export interface DemoEvent {
  /** `github.<event>` or `github.<event>.<action>`. */
  type: string;
  /** The repository, or the organisation, or GitHub itself, as a URI. */
  source: string;
  body: string;
}

interface Payload {
  action?: string;
  repository?: { full_name?: string };
  organization?: { login?: string };
}

interface Definition {
  name: string;
  examples: Payload[];
}

const PACKAGE = '@octokit/webhooks-examples';

/** The payloads that GitHub really sends, as its own webhook library collects them; mixed, so that neighbours differ. */
export function loadPayloads(): DemoEvent[] {
  const file = createRequire(import.meta.url).resolve(PACKAGE);
  const definitions = JSON.parse(readFileSync(file, 'utf8')) as Definition[];
  const longest = Math.max(...definitions.map(({ examples }) => examples.length));
  const mixed: DemoEvent[] = [];
  for (let index = 0; index < longest; index += 1) {
    for (const { name, examples } of definitions) {
      const payload = examples[index];
      if (payload !== undefined) mixed.push(toEvent(name, payload));
    }
  }
  return mixed;
}

function toEvent(name: string, payload: Payload): DemoEvent {
  const { action, repository, organization } = payload;
  const place = repository?.full_name ?? organization?.login ?? '';
  return {
    type: ['github', name, action].filter(Boolean).join('.'),
    source: `https://github.com/${place}`,
    body: JSON.stringify(payload),
  };
}
