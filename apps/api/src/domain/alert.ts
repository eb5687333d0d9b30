/** What a rule can watch. Closed: the API, the screens and the evaluation know these words. */
export const ALERT_MEASURES = [
  'failureRatePercent',
  'deadLetters',
  'backlogAgeSeconds',
  'backlogDeliveries',
  'latencyP99Ms',
  'eventsPerMinute',
  'conservationDifference',
  'securityEvents',
] as const;
export type AlertMeasure = (typeof ALERT_MEASURES)[number];

export const ALERT_SEVERITIES = ['info', 'warning', 'critical'] as const;
export type AlertSeverity = (typeof ALERT_SEVERITIES)[number];

/** `each-target`: every target by itself, so that each can have an alert of its own. */
export type AlertScope =
  | { kind: 'all' }
  | { kind: 'each-target' }
  | { kind: 'target'; targetId: string }
  | { kind: 'source'; sourceId: string };

interface MeasureTraits {
  /** For people. */
  label: string;
  unit: string;
  raisedWhen: 'above' | 'below';
  scopes: readonly AlertScope['kind'][];
  /** Whether it is taken over a window; otherwise it is what there is now. */
  hasWindow: boolean;
}

const TARGETS = ['all', 'each-target', 'target'] as const;

export const ALERT_MEASURE_TRAITS: Readonly<Record<AlertMeasure, MeasureTraits>> = {
  failureRatePercent: {
    label: 'failed attempts',
    unit: '%',
    raisedWhen: 'above',
    scopes: TARGETS,
    hasWindow: true,
  },
  deadLetters: {
    label: 'dead letters',
    unit: '',
    raisedWhen: 'above',
    scopes: TARGETS,
    hasWindow: false,
  },
  backlogAgeSeconds: {
    label: 'age of the oldest open delivery',
    unit: 's',
    raisedWhen: 'above',
    scopes: TARGETS,
    hasWindow: false,
  },
  backlogDeliveries: {
    label: 'open deliveries',
    unit: '',
    raisedWhen: 'above',
    scopes: TARGETS,
    hasWindow: false,
  },
  latencyP99Ms: {
    label: 'p99 from acceptance to success',
    unit: 'ms',
    raisedWhen: 'above',
    scopes: TARGETS,
    hasWindow: true,
  },
  eventsPerMinute: {
    label: 'accepted events a minute',
    unit: '',
    raisedWhen: 'below',
    scopes: ['all', 'source'],
    hasWindow: true,
  },
  conservationDifference: {
    label: 'difference between what was accepted and what became of it',
    unit: '',
    raisedWhen: 'above',
    scopes: ['all'],
    hasWindow: false,
  },
  securityEvents: {
    label: 'security events',
    unit: '',
    raisedWhen: 'above',
    scopes: ['all'],
    hasWindow: true,
  },
};

/** Security events are known by the minute for this long. */
export const LONGEST_SECURITY_WINDOW_MINUTES = 60;

/** Why an alert was raised: by a person's rule, or by what the gateway always watches. */
export const ALERT_CODES = [
  'rule',
  'target_gone',
  'target_failing',
  'forbidden_address',
  'breaker_open',
  'conservation_difference',
] as const;
export type AlertCode = (typeof ALERT_CODES)[number];

/** Something a person must hear of. It is open until its condition has ended. */
export interface Alert {
  /** `alr_…` */
  id: string;
  /** What it is about; of the open alerts each has another. */
  key: string;
  code: AlertCode;
  ruleId: string | null;
  measure: AlertMeasure | null;
  targetId: string | null;
  sourceId: string | null;
  severity: AlertSeverity;
  /** One line. */
  title: string;
  detail: string;
  /** What was measured when it was raised, and what it was held against; null for what has no measure. */
  value: number | null;
  threshold: number | null;
  /** How often it was raised while it was open. */
  occurrences: number;
  raisedAt: number;
  /** When it was raised last. */
  lastSeenAt: number;
  /** Null: open. */
  resolvedAt: number | null;
  acknowledgedAt: number | null;
  /** `usr_…` */
  acknowledgedBy: string | null;
}

export type NewAlert = Omit<
  Alert,
  'occurrences' | 'raisedAt' | 'lastSeenAt' | 'resolvedAt' | 'acknowledgedAt' | 'acknowledgedBy'
> & { at: number };
