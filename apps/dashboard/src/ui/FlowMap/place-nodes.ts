import type { MapNode } from './map-types.ts';

const COLUMN_PX = { source: 0, type: 460, target: 980 } as const;
const ROW_PX = 50;

/** Sources left, types in the middle, targets right; each column centred on the highest one. */
export function placeNodes(nodes: readonly MapNode[]): Map<string, { x: number; y: number }> {
  const columns = (['source', 'type', 'target'] as const).map((kind) =>
    nodes.filter((node) => node.kind === kind),
  );
  const rows = Math.max(...columns.map((column) => column.length));
  return new Map(
    columns.flatMap((column) =>
      column.map((node, index) => {
        const top = ((rows - column.length) * ROW_PX) / 2;
        return [node.id, { x: COLUMN_PX[node.kind], y: top + index * ROW_PX }] as const;
      }),
    ),
  );
}
