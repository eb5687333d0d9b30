import type { NewAlert } from '../../domain/alert.ts';

/** Something that is so, is over, or of which nothing is known just now. */
export interface Condition {
  state: 'met' | 'ended' | 'unknown';
  /** What is raised where it is met. */
  alert: Omit<NewAlert, 'id' | 'at'>;
}
