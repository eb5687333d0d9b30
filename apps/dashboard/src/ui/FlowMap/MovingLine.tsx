import { BaseEdge, getBezierPath, type EdgeProps } from '@xyflow/react';
import styles from './FlowMap.module.css';

/** Seconds that a dot takes along a quiet and along a busy line. */
const SLOWEST_S = 6;
const FASTEST_S = 1.2;

/** A line along which a dot moves, the faster the more flows. */
export function MovingLine(props: EdgeProps) {
  const [path] = getBezierPath(props);
  const perSecond = Number(props.data?.['perSecond'] ?? 0);
  const seconds = Math.max(FASTEST_S, SLOWEST_S / (1 + perSecond));
  const { style, interactionWidth } = props;
  return (
    <>
      <BaseEdge
        id={props.id}
        path={path}
        {...(style === undefined ? {} : { style })}
        {...(interactionWidth === undefined ? {} : { interactionWidth })}
      />
      {perSecond > 0 && (
        <circle className={styles.dot} r={3.5} fill={style?.stroke}>
          <animateMotion dur={`${seconds.toFixed(1)}s`} repeatCount="indefinite" path={path} />
        </circle>
      )}
    </>
  );
}
