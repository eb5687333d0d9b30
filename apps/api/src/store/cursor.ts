import { createHash } from 'node:crypto';

import { GatewayError } from '../domain/errors.ts';

/** Where a page ended: the sort key and the row number of its last item. */
export interface PagePosition {
  at: number;
  seq: number;
}

/**
 * Makes an opaque cursor that is good for this list with this filter only.
 * @param list the list's name
 */
export function writeCursor(list: string, filter: unknown, position: PagePosition): string {
  const text = `${fingerprint(list, filter)}.${position.at}.${position.seq}`;
  return Buffer.from(text).toString('base64url');
}

/** @throws GatewayError `invalid_cursor` unless the cursor was made for this list with this filter */
export function readCursor(
  list: string,
  filter: unknown,
  cursor: string | null,
): PagePosition | null {
  if (cursor === null) return null;
  const parts = Buffer.from(cursor, 'base64url').toString('latin1').split('.');
  const [print, at, seq] = parts;
  const position = { at: Number(at), seq: Number(seq) };
  const isOurs =
    parts.length === 3 &&
    print === fingerprint(list, filter) &&
    Number.isSafeInteger(position.at) &&
    Number.isSafeInteger(position.seq) &&
    writeCursor(list, filter, position) === cursor;
  if (!isOurs) {
    throw new GatewayError(
      'invalid_cursor',
      'The cursor does not belong to this list with these filters; start again without it.',
    );
  }
  return position;
}

function fingerprint(list: string, filter: unknown): string {
  const text = `${list} ${JSON.stringify(filter, sortedMembers)}`;
  return createHash('sha256').update(text).digest('base64url').slice(0, 12);
}

// The same filter written in another order is the same filter; members left out equal empty ones.
function sortedMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(String).sort();
  const members = Object.entries(value).filter(
    ([, member]) => member !== undefined && !(Array.isArray(member) && member.length === 0),
  );
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}
