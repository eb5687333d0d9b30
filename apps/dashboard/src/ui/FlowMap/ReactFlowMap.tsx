import {
  Controls,
  Handle,
  Position,
  ReactFlow,
  type Edge,
  type Node,
  type NodeProps,
} from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import type { FlowMapProps, MapLine, MapNode } from './map-types.ts';
import { MovingLine } from './MovingLine.tsx';
import { placeNodes } from './place-nodes.ts';
import styles from './FlowMap.module.css';

type BoxNode = Node<{ label: string; detail: string; kind: MapNode['kind'] }, 'box'>;

function Box({ data }: NodeProps<BoxNode>) {
  return (
    <div className={styles.box} data-kind={data.kind}>
      {data.kind !== 'source' && <Handle type="target" position={Position.Left} />}
      <span className={styles.label} title={data.label}>
        {data.label}
      </span>
      <span className={styles.detail}>{data.detail}</span>
      {data.kind !== 'target' && <Handle type="source" position={Position.Right} />}
    </div>
  );
}
const NODE_TYPES = { box: Box };
const EDGE_TYPES = { moving: MovingLine };
const COLOURS: Readonly<Record<MapLine['tone'], string>> = {
  plain: 'var(--chart-1)',
  good: 'var(--good)',
  warn: 'var(--warn)',
  bad: 'var(--bad)',
};

/** 1.5 to 8 pixels, by the share of the busiest line; the root keeps quiet lines visible. */
function widthOf(perSecond: number, most: number): number {
  return most === 0 ? 1.5 : 1.5 + 6.5 * Math.sqrt(perSecond / most);
}

interface DrawnMapProps extends FlowMapProps {
  /** It is moved by what it lies in: a finger on it scrolls the page. */
  isStill?: boolean;
}

/** The map itself, drawn by React Flow. Everything in it can also be reached by the table beneath it. */
export function ReactFlowMap({ nodes, lines, onLine, isStill = false }: DrawnMapProps) {
  const places = placeNodes(nodes);
  const most = Math.max(0, ...lines.map(({ perSecond }) => perSecond));
  const boxes: BoxNode[] = nodes.map(({ id, kind, label, detail }) => ({
    id,
    type: 'box',
    position: places.get(id) ?? { x: 0, y: 0 },
    data: { label, detail, kind },
  }));
  const edges: Edge[] = lines.map(({ from, to, perSecond, tone }) => ({
    id: `${from} > ${to}`,
    source: from,
    target: to,
    type: 'moving',
    data: { perSecond },
    interactionWidth: 16,
    style: { stroke: COLOURS[tone], strokeWidth: widthOf(perSecond, most) },
  }));
  return (
    <ReactFlow
      nodes={boxes}
      edges={edges}
      nodeTypes={NODE_TYPES}
      edgeTypes={EDGE_TYPES}
      onEdgeClick={(_event, edge) => {
        onLine({ from: edge.source, to: edge.target });
      }}
      nodesDraggable={false}
      nodesConnectable={false}
      nodesFocusable={false}
      edgesFocusable={false}
      elementsSelectable={false}
      preventScrolling={false}
      zoomOnScroll={false}
      minZoom={0.2}
      panOnDrag={!isStill}
      zoomOnPinch={!isStill}
      zoomOnDoubleClick={!isStill}
      fitView
      fitViewOptions={{ padding: isStill ? 0.02 : 0.1 }}
    >
      {!isStill && <Controls showInteractive={false} />}
    </ReactFlow>
  );
}
