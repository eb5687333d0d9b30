/** What one check of `signalbox doctor` found. */
export interface Finding {
  /** What was looked at, such as `disk space`. */
  check: string;
  /** `warning`: it runs, but not for long or not well. */
  status: 'ok' | 'warning' | 'failed';
  detail: string;
  /** What to do about it; null when all is well. */
  action: string | null;
}

export const ok = (check: string, detail: string): Finding => ({
  check,
  status: 'ok',
  detail,
  action: null,
});

export const warning = (check: string, detail: string, action: string): Finding => ({
  check,
  status: 'warning',
  detail,
  action,
});

export const failed = (check: string, detail: string, action: string): Finding => ({
  check,
  status: 'failed',
  detail,
  action,
});
