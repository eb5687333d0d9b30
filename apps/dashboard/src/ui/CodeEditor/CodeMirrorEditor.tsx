import { autocompletion, closeBrackets, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, indentOnInput } from '@codemirror/language';
import { lintGutter, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, keymap, lineNumbers, placeholder } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import type { FieldTree } from '../../lib/field-tree.ts';
import { completeExpression, completePattern } from './complete-fields.ts';
import { editorLook } from './editor-theme.ts';
import type { CodeEditorProps, EditorFault } from './editor-types.ts';
import { expressionLanguage } from './expression-language.ts';
import { locatePointer } from './json-place.ts';
import { mountInShadow } from './mount-in-shadow.ts';

const NO_FIELDS: FieldTree = new Map();
const MOST_ROWS = 24;

function diagnosticsOf(
  view: EditorView,
  isJson: boolean,
  faults: readonly EditorFault[],
): Diagnostic[] {
  const { state } = view;
  const unread = isJson ? jsonParseLinter()(view) : [];
  if (unread.length > 0) return unread;
  return faults.map(({ message, position, pointer }) => {
    const at = Math.min(position ?? 0, state.doc.length);
    const span =
      pointer !== undefined && isJson ? locatePointer(state, pointer) : { from: at, to: at };
    return { ...span, message, severity: 'error' };
  });
}

function extensionsOf(props: CodeEditorProps, rows: number, fields: () => FieldTree): Extension[] {
  const { language, completes = 'nothing', label } = props;
  const sources = {
    pattern: [completePattern(fields)],
    expression: [completeExpression(fields)],
    nothing: [],
  };
  return [
    lineNumbers(),
    lintGutter(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: sources[completes], icons: false }),
    keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap]),
    language === 'json' ? json() : expressionLanguage,
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': label }),
    EditorView.theme({
      '.cm-content, .cm-gutter': { minHeight: `${String(rows * 1.5)}em` },
      '.cm-scroller': { maxHeight: `${String(MOST_ROWS * 1.5)}em`, overflow: 'auto' },
    }),
    placeholder(props.placeholder ?? ''),
    editorLook,
  ];
}

/** The editor itself; a change of language builds it anew. */
export function CodeMirrorEditor(props: CodeEditorProps & { rows: number }) {
  const { language, value, faults, rows } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  useEffect(() => {
    if (host.current === null) return undefined;
    const listener = EditorView.updateListener.of((update) => {
      if (update.docChanged) latest.current.onChange(update.state.doc.toString());
    });
    const fields = () => latest.current.fields ?? NO_FIELDS;
    const mounted = mountInShadow(host.current, ({ root, parent }) => {
      const extensions = [...extensionsOf(latest.current, rows, fields), listener];
      const state = EditorState.create({ doc: latest.current.value, extensions });
      return new EditorView({ state, root, parent });
    });
    view.current = mounted.view;
    return () => {
      mounted.remove();
      view.current = null;
    };
  }, [language, rows]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null || editor.state.doc.toString() === value) return;
    editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: value } });
  }, [value]);
  useEffect(() => {
    const editor = view.current;
    if (editor === null) return;
    const found = diagnosticsOf(editor, language === 'json', faults ?? []);
    editor.dispatch(setDiagnostics(editor.state, found));
  }, [faults, value, language]);
  return <div ref={host} />;
}
