import { lazy, Suspense } from 'react';
import { useMedia } from '../../lib/use-media.ts';
import type { FlowMapProps } from './map-types.ts';
import { heightOf } from './place-nodes.ts';
import styles from './FlowMap.module.css';

const ReactFlowMap = lazy(() =>
  import('./ReactFlowMap.tsx').then((module) => ({ default: module.ReactFlowMap })),
);

/** Three columns with lines between them; the library behind it loads with the first map. Where there is no room to read it, it keeps its size and is scrolled sideways. */
export function FlowMap(props: FlowMapProps) {
  const isNarrow = useMedia('(max-width: 720px)');
  if (!isNarrow) {
    return (
      <div className={styles.map} role="group" aria-label={props.label}>
        <Suspense fallback={null}>
          <ReactFlowMap {...props} />
        </Suspense>
      </div>
    );
  }
  return (
    // What scrolls must be reached by the keyboard.
    <div className={styles.scrolled} role="group" aria-label={props.label} tabIndex={0}>
      <div className={styles.whole} style={{ height: heightOf(props.nodes) }}>
        <Suspense fallback={null}>
          <ReactFlowMap {...props} isStill />
        </Suspense>
      </div>
    </div>
  );
}
