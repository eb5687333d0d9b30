const UNITS: readonly (readonly [Intl.RelativeTimeFormatUnit, number, string])[] = [
  ['day', 86_400_000, 'd'],
  ['hour', 3_600_000, 'h'],
  ['minute', 60_000, 'min'],
  ['second', 1000, 's'],
];

/** `12 s ago`, `in 5 min`, `now`; `at` and `now` in milliseconds since 1970. */
export function relativeTime(at: number, now: number): string {
  const distance = at - now;
  const size = Math.abs(distance);
  if (size < 1000) return 'now';
  const unit = UNITS.find(([, ms]) => size >= ms);
  if (unit === undefined) return 'now';
  const text = `${Math.floor(size / unit[1])} ${unit[2]}`;
  return distance < 0 ? `${text} ago` : `in ${text}`;
}

/** `340 ms`, `2.4 s`, `5 min`, `3 h`, `2 d`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 1) return milliseconds <= 0 ? '0 ms' : '<1 ms';
  if (milliseconds < 1000) return `${Math.round(milliseconds)} ms`;
  if (milliseconds < 60_000) return `${trim(milliseconds / 1000)} s`;
  if (milliseconds < 3_600_000) return `${Math.floor(milliseconds / 60_000)} min`;
  if (milliseconds < 86_400_000) return `${Math.floor(milliseconds / 3_600_000)} h`;
  return `${Math.floor(milliseconds / 86_400_000)} d`;
}

function trim(value: number): string {
  return value >= 10 ? String(Math.round(value)) : String(Math.round(value * 10) / 10);
}

const exact = new Intl.DateTimeFormat(undefined, {
  dateStyle: 'medium',
  timeStyle: 'long',
});

/** Date, time and zone of the viewer. */
export function exactTime(at: number): string {
  return exact.format(at);
}

const clock = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

/** `14:03:22.123` in the viewer's zone. */
export function clockTime(at: number): string {
  return clock.format(at);
}

/** RFC 3339 as the value of a `datetime-local` field, in the viewer's zone; empty when there is none. */
export function toLocalInput(at: string): string {
  const time = Date.parse(at);
  if (Number.isNaN(time)) return '';
  const offsetMs = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offsetMs).toISOString().slice(0, 16);
}

/** The value of a `datetime-local` field as RFC 3339; empty when the field is. */
export function fromLocalInput(value: string): string {
  const time = Date.parse(value);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
