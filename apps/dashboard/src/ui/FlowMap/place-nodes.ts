import type { MapNode } from './map-types.ts';

const COLUMN_PX = { source: 0, type: 460, target: 980 } as const;
const ROW_PX = 50;

const KINDS = ['source', 'type', 'target'] as const;

function columnsOf(nodes: readonly MapNode[]): MapNode[][] {
  return KINDS.map((kind) => nodes.filter((node) => node.kind === kind));
}

function rowsOf(columns: readonly MapNode[][]): number {
  return Math.max(...columns.map((column) => column.length));
}

/** Pixels that the map wants where it is drawn at nearly its full size. */
export function heightOf(nodes: readonly MapNode[]): number {
  return (rowsOf(columnsOf(nodes)) + 1) * ROW_PX;
}

/** Sources left, types in the middle, targets right; each column centred on the highest one. */
export function placeNodes(nodes: readonly MapNode[]): Map<string, { x: number; y: number }> {
  const columns = columnsOf(nodes);
  const rows = rowsOf(columns);
  return new Map(
    columns.flatMap((column) =>
      column.map((node, index) => {
        const top = ((rows - column.length) * ROW_PX) / 2;
        return [node.id, { x: COLUMN_PX[node.kind], y: top + index * ROW_PX }] as const;
      }),
    ),
  );
}
