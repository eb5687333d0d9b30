import { json } from '@codemirror/lang-json';
import { MergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { editorLook } from './editor-theme.ts';
import { mountInShadow } from './mount-in-shadow.ts';

interface Side {
  title: string;
  text: string;
}

const sideOf = ({ title, text }: Side) => ({
  doc: text,
  extensions: [
    json(),
    EditorState.readOnly.of(true),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': title, 'aria-readonly': 'true' }),
    editorLook,
  ],
});

/** The comparison itself; built anew for other texts, which are short. */
export function MergeCompare({ before, after }: { before: Side; after: Side }) {
  const host = useRef<HTMLDivElement>(null);
  const texts = JSON.stringify([before, after]);
  useEffect(() => {
    if (host.current === null) return undefined;
    const [a, b] = JSON.parse(texts) as [Side, Side];
    return mountInShadow(
      host.current,
      ({ root, parent }) =>
        new MergeView({
          a: sideOf(a),
          b: sideOf(b),
          root,
          parent,
          gutter: false,
          collapseUnchanged: { margin: 2, minSize: 6 },
        }),
    ).remove;
  }, [texts]);
  return <div ref={host} />;
}
