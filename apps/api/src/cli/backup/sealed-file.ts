import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { open, stat, type FileHandle } from 'node:fs/promises';
import type { SealingKeys } from '../../auth/sealing.ts';
import { CommandError } from '../command.ts';

/*
 * A sealed file: a line that names the format, a line of JSON with the key's id and a salt, then frames of 1 MiB,
 * each sealed with AES-256-GCM under a key derived for this file alone. A frame's nonce is its number and whether it is the last
 * one, and the head is authenticated with each, so frames can be neither changed, moved, left out nor cut off.
 */

const FORMAT = 'signalbox-sealed-backup 1\n';
const CIPHER = 'aes-256-gcm';
const FRAME_BYTES = 1024 * 1024;
const TAG_BYTES = 16;
const SALT_BYTES = 32;
const LONGEST_HEAD_BYTES = 1024;

/** Whether a file is a sealed one. */
export async function isSealedFile(file: string): Promise<boolean> {
  return withFile(file, 'r', async (handle) => {
    const start = await readAt(handle, 0, FORMAT.length);
    return start.toString('latin1') === FORMAT;
  });
}

/** Seals a file under the current key. `to` must not exist. */
export async function sealFile(from: string, to: string, keys: SealingKeys): Promise<void> {
  const keyId = keys.currentKeyId;
  const salt = randomBytes(SALT_BYTES);
  const head = Buffer.from(
    `${FORMAT}${JSON.stringify({ keyId, salt: salt.toString('base64') })}\n`,
  );
  const key = fileKey(keys, keyId, salt);
  const { size } = await stat(from);
  await withFile(from, 'r', (source) =>
    withFile(to, 'wx', async (target) => {
      await target.writeFile(head);
      for (const frame of framesOf(size, FRAME_BYTES)) {
        const cipher = createCipheriv(CIPHER, key, nonceOf(frame), { authTagLength: TAG_BYTES });
        cipher.setAAD(head);
        const text = await readAt(source, frame.offset, frame.bytes);
        await target.writeFile(
          Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]),
        );
      }
      await target.sync();
    }),
  );
}

/** Opens a sealed file with whichever key it names. Throws when that key is not there, or a byte was changed. */
export async function unsealFile(from: string, to: string, keys: SealingKeys): Promise<void> {
  const { size } = await stat(from);
  await withFile(from, 'r', async (source) => {
    const head = await readHead(source);
    const { keyId, salt } = parseHead(head);
    const key = fileKey(keys, keyId, salt);
    await withFile(to, 'wx', async (target) => {
      for (const frame of framesOf(size - head.length, FRAME_BYTES + TAG_BYTES)) {
        const box = await readAt(source, head.length + frame.offset, frame.bytes);
        if (box.length < TAG_BYTES) throw damaged();
        const decipher = createDecipheriv(CIPHER, key, nonceOf(frame), {
          authTagLength: TAG_BYTES,
        });
        decipher.setAAD(head);
        decipher.setAuthTag(box.subarray(-TAG_BYTES));
        const text = decipher.update(box.subarray(0, -TAG_BYTES));
        try {
          decipher.final();
        } catch {
          throw damaged();
        }
        await target.writeFile(text);
      }
      await target.sync();
    });
  });
}

interface Frame {
  index: number;
  isLast: boolean;
  offset: number;
  bytes: number;
}

/** At least one frame, so that an empty file has a last one too. */
function* framesOf(totalBytes: number, frameBytes: number): Generator<Frame> {
  const count = Math.max(1, Math.ceil(totalBytes / frameBytes));
  for (let index = 0; index < count; index += 1) {
    const offset = index * frameBytes;
    const bytes = Math.min(frameBytes, totalBytes - offset);
    yield { index, isLast: index === count - 1, offset, bytes };
  }
}

function nonceOf({ index, isLast }: Frame): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeBigUInt64BE(BigInt(index), 3);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function fileKey({ keys }: SealingKeys, keyId: string, salt: Buffer): Buffer {
  const key = keys[keyId];
  if (!key) {
    throw new CommandError(
      'failed',
      `The backup is sealed under the key ${keyId}, which is not loaded; add it to SEALING_KEYS.`,
    );
  }
  return Buffer.from(hkdfSync('sha256', key, salt, 'signalbox sealed backup', 32));
}

async function readHead(handle: FileHandle): Promise<Buffer> {
  const start = await readAt(handle, 0, LONGEST_HEAD_BYTES);
  const end = start.indexOf('\n', FORMAT.length);
  if (end < 0) throw damaged();
  return start.subarray(0, end + 1);
}

function parseHead(head: Buffer): { keyId: string; salt: Buffer } {
  try {
    const { keyId, salt } = JSON.parse(head.subarray(FORMAT.length).toString()) as {
      keyId: string;
      salt: string;
    };
    return { keyId, salt: Buffer.from(salt, 'base64') };
  } catch {
    throw damaged();
  }
}

function damaged(): CommandError {
  return new CommandError('failed', 'The sealed backup is damaged: it was changed or cut off.');
}

/** Up to `bytes` from a place; fewer at the end of the file only. */
async function readAt(handle: FileHandle, position: number, bytes: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, bytes));
  let filled = 0;
  while (filled < buffer.length) {
    const { bytesRead } = await handle.read(
      buffer,
      filled,
      buffer.length - filled,
      position + filled,
    );
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

async function withFile<T>(
  file: string,
  flags: string,
  work: (handle: FileHandle) => Promise<T>,
): Promise<T> {
  const handle = await open(file, flags, 0o600);
  try {
    return await work(handle);
  } finally {
    await handle.close();
  }
}
