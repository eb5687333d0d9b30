import type { z } from 'zod';
import type { Fault } from '../domain/errors.ts';

type Issue = z.core.$ZodIssue;
type NestedCode = 'unrecognized_keys' | 'invalid_key' | 'invalid_element';

/**
 * What zod found wrong, as faults whose sentences name the field and the fix.
 * @param where `body`: pointers are JSON pointers; `query`: the parameter's name
 */
export function faultsOf(error: z.ZodError, where: 'body' | 'query'): Fault[] {
  return error.issues.flatMap((issue) => faultsOfIssue(issue, [], where));
}

function faultsOfIssue(
  issue: Issue,
  parents: readonly PropertyKey[],
  where: 'body' | 'query',
): Fault[] {
  const path = [...parents, ...issue.path];
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      pointer: pointerTo([...path, key], where),
      code: 'unknown_field',
      detail: `${quote(key)} is not known here; remove it or check its spelling.`,
    }));
  if (issue.code === 'invalid_key' || issue.code === 'invalid_element')
    return issue.issues.flatMap((inner) => faultsOfIssue(inner, path, where));
  const name = path.length === 0 ? subjectOf(where) : quote(path.map(String).join('.'));
  return [
    {
      pointer: pointerTo(path, where),
      code: codeOf(issue),
      detail: `${name} ${sentenceOf(issue)}.`,
    },
  ];
}

/** An RFC 6901 pointer into the body, or the name of the query parameter. */
function pointerTo(path: readonly PropertyKey[], where: 'body' | 'query'): string {
  if (where === 'query') return path.length === 0 ? '' : String(path[0]);
  return path
    .map((step) => `/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`)
    .join('');
}

function codeOf(issue: Issue): string {
  if (issue.code === 'invalid_type' && isMissing(issue)) return 'missing';
  return issue.code === 'custom' ? 'invalid_value' : issue.code;
}

function sentenceOf(issue: Exclude<Issue, { code: NestedCode }>): string {
  switch (issue.code) {
    case 'invalid_type':
      return isMissing(issue)
        ? `is missing; give ${withArticle(issue.expected)}`
        : `must be ${withArticle(issue.expected)}`;
    case 'invalid_value':
      return `must be ${alternatives(issue.values)}`;
    case 'too_small':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} ${issue.inclusive === false ? 'more than' : 'at least'} ${boundOf(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `must ${issue.origin === 'number' ? 'be' : 'have'} ${issue.inclusive === false ? 'less than' : 'at most'} ${boundOf(issue.maximum, issue.origin)}`;
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`;
    case 'invalid_union':
      return 'has none of the forms that are allowed here';
    case 'invalid_format':
      return formatSentence(issue.format, issue.message);
    case 'custom':
      return issue.message.replace(/\.$/, '');
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  datetime: 'must be an RFC 3339 time such as 2026-01-31T12:00:00Z',
  email: 'must be an e-mail address',
  url: 'must be an absolute http or https URL',
};

function formatSentence(format: string, message: string): string {
  const known = FORMATS[format];
  if (known !== undefined) return known;
  return message.startsWith('must') ? message : 'does not have the form that is needed here';
}

function isMissing(issue: Issue): boolean {
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined');
}

function boundOf(bound: number | bigint, origin: string): string {
  if (origin === 'string') return `${String(bound)} characters`;
  if (origin === 'array' || origin === 'set') return `${String(bound)} elements`;
  return String(bound);
}

function alternatives(values: readonly unknown[]): string {
  const words = values.map((value) => JSON.stringify(value));
  return words.length === 1 ? (words[0] ?? '') : `one of ${words.join(', ')}`;
}

function withArticle(type: string): string {
  if (type === 'record') return 'an object';
  if (type === 'int') return 'a whole number';
  return /^[aeiou]/.test(type) ? `an ${type}` : `a ${type}`;
}

function subjectOf(where: 'body' | 'query'): string {
  return where === 'body' ? 'The body' : 'The query';
}

function quote(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 80)}…` : name}"`;
}
