import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import { namesAt, type FieldTree } from '../../lib/field-tree.ts';
import { pathAt } from './json-place.ts';

const OPERATORS = [
  'prefix',
  'suffix',
  'anything-but',
  'numeric',
  'exists',
  'equals-ignore-case',
  'wildcard',
  'cidr',
  'regex',
  'all-of',
];

const asField = (label: string): Completion => ({ label, type: 'property' });
const asOperator = (label: string): Completion => ({ label, type: 'keyword', detail: 'operator' });

/** Offers, for a member name in a pattern, the fields of events at that place; inside a list of alternatives, the operators. */
export function completePattern(fields: () => FieldTree) {
  return (context: CompletionContext): CompletionResult | null => {
    const node = syntaxTree(context.state).resolveInner(context.pos, -1);
    const isName = node.name === 'PropertyName' || node.name === 'Object';
    const word = context.matchBefore(/"?[\w.$-]*/);
    if (!isName || word === null || (word.from === word.to && !context.explicit)) return null;
    let isAlternative = false;
    for (let at = node.parent; at !== null; at = at.parent) isAlternative ||= at.name === 'Array';
    const options = isAlternative
      ? OPERATORS.map(asOperator)
      : [...namesAt(fields(), pathAt(context.state, node)).map(asField), asOperator('$or')];
    const isQuoted = word.text.startsWith('"');
    return {
      from: isQuoted ? word.from + 1 : word.from,
      options: isQuoted
        ? options
        : options.map((option) => ({ ...option, apply: `"${option.label}"` })),
      validFor: /^[\w.$-]*$/,
    };
  };
}

/** Offers the fields of events after a path such as `data.order.`. */
export function completeExpression(fields: () => FieldTree) {
  return (context: CompletionContext): CompletionResult | null => {
    const path = context.matchBefore(/(?:[A-Za-z_]\w*\.)*\w*/);
    if (path === null || (path.from === path.to && !context.explicit)) return null;
    const steps = path.text.split('.');
    const typed = steps.pop() ?? '';
    const options = namesAt(fields(), steps).map((name) => ({
      ...asField(name),
      apply: /^[A-Za-z_]\w*$/.test(name) ? name : `\`${name}\``,
    }));
    if (options.length === 0) return null;
    return { from: context.pos - typed.length, options, validFor: /^\w*$/ };
  };
}
