import { hash } from 'node:crypto';
import type { Cell, MovedRow } from './moved-tables.ts';

/** How many rows a table has, and a hash over all of them that does not depend on their order. */
export interface TableDigest {
  rows: number;
  /** Hex. */
  sha256: string;
}

const MODULUS = 2n ** 256n;

/** Sums up rows one by one: the SHA-256 of each, added up modulo 2^256, so that a row that is there twice counts twice. */
export function createRowDigest(): { add(row: MovedRow): void; read(): TableDigest } {
  let rows = 0;
  let sum = 0n;
  return {
    add(row) {
      rows += 1;
      const digest = hash('sha256', Buffer.concat(row.map(encode)), 'hex');
      sum = (sum + BigInt(`0x${digest}`)) % MODULUS;
    },
    read: () => ({ rows, sha256: sum.toString(16).padStart(64, '0') }),
  };
}

/** Each cell says what it is and how long, so that no two rows look alike. */
function encode(cell: Cell): Buffer {
  if (cell === null) return Buffer.from('n;');
  if (typeof cell === 'number') return Buffer.from(`d${cell};`);
  if (typeof cell === 'string') return Buffer.from(`s${Buffer.byteLength(cell)}:${cell}`);
  if (ArrayBuffer.isView(cell)) {
    return Buffer.concat([Buffer.from(`b${cell.byteLength}:`), cell]);
  }
  return Buffer.from(`a${cell.join()};`);
}
