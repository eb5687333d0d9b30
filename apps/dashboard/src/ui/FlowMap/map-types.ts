import type { FlowNode } from '../../lib/flow-lines.ts';

export interface MapNode extends FlowNode {
  label: string;
  detail: string;
}
export interface MapLine {
  from: string;
  to: string;
  perSecond: number;
  tone: 'plain' | 'good' | 'warn' | 'bad';
}
export interface FlowMapProps {
  label: string;
  nodes: readonly MapNode[];
  lines: readonly MapLine[];
  onLine: (line: { from: string; to: string }) => void;
}
