import type { IncomingEvent, Refusal } from './incoming-event.ts';
import { fitsAny } from './name-patterns.ts';

/** What the authenticated source may send. */
export interface Permission {
  /** The source application's own URI; always allowed as `source`. */
  defaultSource: string;
  /** Patterns of further `source` attributes. */
  allowedSources: readonly string[];
  /** Patterns of event types; empty: all. */
  allowedTypes: readonly string[];
}

/** Why this source may not send this event, or null. */
export function checkPermission(
  permission: Permission,
  event: IncomingEvent,
  pointer: string,
): Refusal | null {
  const { defaultSource, allowedSources, allowedTypes } = permission;
  if (event.source !== defaultSource && !fitsAny(allowedSources, event.source)) {
    return forbidden(
      `${pointer}/source`,
      `this credential may not send events with source "${shorten(event.source)}"; it may use ${list([defaultSource, ...allowedSources])}`,
    );
  }
  if (allowedTypes.length > 0 && !fitsAny(allowedTypes, event.type)) {
    return forbidden(
      `${pointer}/type`,
      `this credential may not send events of type "${shorten(event.type)}"; it may use ${list(allowedTypes)}`,
    );
  }
  return null;
}

function forbidden(pointer: string, detail: string): Refusal {
  const message = `The event is not allowed: ${detail}.`;
  return { code: 'forbidden', message, faults: [{ pointer, code: 'forbidden', detail }] };
}

function list(patterns: readonly string[]): string {
  const shown = patterns.slice(0, 10).join(', ');
  return patterns.length > 10 ? `${shown} and ${patterns.length - 10} more` : shown;
}

function shorten(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
