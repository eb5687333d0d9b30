import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';

type SyntaxNode = ReturnType<typeof syntaxTree>['topNode'];

const textOf = (state: EditorState, node: SyntaxNode) => state.sliceDoc(node.from, node.to);

function unquote(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^"|"$/g, '');
  }
}

/** The names of the members around a place in JSON text, outermost first. */
export function pathAt(state: EditorState, node: SyntaxNode): string[] {
  const path: string[] = [];
  for (let at: SyntaxNode | null = node.parent; at !== null; at = at.parent) {
    const name = at.name === 'Property' ? at.getChild('PropertyName') : null;
    // The name that is being typed is no part of where it stands.
    if (name !== null && name.from !== node.from) path.unshift(unquote(textOf(state, name)));
  }
  return path;
}

/** Where the value that a JSON pointer names stands in the text; as far as the pointer can be followed. */
export function locatePointer(state: EditorState, pointer: string): { from: number; to: number } {
  let node = syntaxTree(state).topNode.firstChild;
  const steps = pointer.split('/').slice(1);
  for (const step of steps.map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))) {
    const next = node === null ? null : childAt(state, node, step);
    if (next === null) break;
    node = next;
  }
  return node === null ? { from: 0, to: 0 } : { from: node.from, to: node.to };
}

function childAt(state: EditorState, node: SyntaxNode, step: string): SyntaxNode | null {
  if (node.name === 'Array') {
    const items = children(node).filter(({ name }) => !/^[[\],]$/.test(name));
    return items[Number(step)] ?? null;
  }
  const property = node.getChildren('Property').find((candidate) => {
    const name = candidate.getChild('PropertyName');
    return name !== null && unquote(textOf(state, name)) === step;
  });
  return property?.lastChild ?? null;
}

function children(node: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
}
