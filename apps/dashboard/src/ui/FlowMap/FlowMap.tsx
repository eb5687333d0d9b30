import { lazy, Suspense } from 'react';
import type { FlowMapProps } from './map-types.ts';
import styles from './FlowMap.module.css';

const ReactFlowMap = lazy(() =>
  import('./ReactFlowMap.tsx').then((module) => ({ default: module.ReactFlowMap })),
);

/** Three columns with lines between them; the library behind it loads with the first map. */
export function FlowMap(props: FlowMapProps) {
  return (
    <div className={styles.map} role="group" aria-label={props.label}>
      <Suspense fallback={null}>
        <ReactFlowMap {...props} />
      </Suspense>
    </div>
  );
}
