import type { FieldTree } from '../../lib/field-tree.ts';

export type EditorLanguage = 'json' | 'jsonata' | 'template';

/** Something wrong in a text, at a position in it or at a JSON pointer into it. */
export interface EditorFault {
  message: string;
  /** Offset in characters. */
  position?: number | null;
  /** RFC 6901. */
  pointer?: string;
}

export interface CodeEditorProps {
  label: string;
  language: EditorLanguage;
  value: string;
  onChange: (value: string) => void;
  faults?: readonly EditorFault[];
  /** What is offered while one types: the fields of events. */
  fields?: FieldTree;
  /** `pattern` offers the operators of patterns too. */
  completes?: 'pattern' | 'expression' | 'nothing';
  placeholder?: string;
}
