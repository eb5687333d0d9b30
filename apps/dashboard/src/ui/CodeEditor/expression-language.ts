import { StreamLanguage } from '@codemirror/language';

const QUOTED = /^(?:"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.)*'?)/;

/** Enough of JSONata, and of templates with JSONata in braces, to colour them. */
export const expressionLanguage = StreamLanguage.define({
  name: 'jsonata',
  token(stream) {
    if (stream.eatSpace()) return null;
    if (stream.match(/^\/\*.*?(?:\*\/|$)/)) return 'comment';
    if (stream.match(QUOTED)) return 'string';
    if (stream.match(/^-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/)) return 'number';
    if (stream.match(/^(?:true|false|null)\b/)) return 'bool';
    if (stream.match(/^(?:and|or|in|function)\b|^[{}]{2}/)) return 'keyword';
    if (stream.match(/^\$[\w$]*/)) return 'keyword';
    if (stream.match(/^`[^`]*`?|^[A-Za-z_][\w]*/)) return 'propertyName';
    stream.next();
    return null;
  },
  languageData: { closeBrackets: { brackets: ['(', '[', '{', '"'] } },
});
