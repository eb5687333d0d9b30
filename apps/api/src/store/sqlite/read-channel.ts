import { GatewayError } from '../../domain/errors.ts';
import { toError } from './failures.ts';
import type { ReadKind, Reads } from './reader.ts';
import type { FromThread, ReadRequest } from './thread.ts';

interface Asked {
  resolve: (output: unknown) => void;
  reject: (error: GatewayError) => void;
}

/** Asks the reader thread, one answer a question. */
export interface ReadChannel {
  read: <K extends ReadKind>(
    kind: K,
    input: Parameters<Reads[K]>[0],
  ) => Promise<ReturnType<Reads[K]>>;
  take(message: Extract<FromThread, { id: number }>): void;
  /** Rejects everything, now and later. */
  fail(error: GatewayError): void;
  /** Resolves when every question was answered. Further ones are rejected. */
  drain(): Promise<void>;
}

export function createReadChannel(send: (request: ReadRequest) => void): ReadChannel {
  const asked = new Map<number, Asked>();
  let lastId = 0;
  let closedBy: GatewayError | null = null;
  let onEmpty: (() => void) | null = null;
  return {
    read<K extends ReadKind>(
      kind: K,
      input: Parameters<Reads[K]>[0],
    ): Promise<ReturnType<Reads[K]>> {
      if (closedBy) return Promise.reject(closedBy);
      lastId += 1;
      const id = lastId;
      return new Promise((resolve, reject) => {
        asked.set(id, { resolve: resolve as (output: unknown) => void, reject });
        send({ id, kind, input });
      });
    },
    take(message) {
      const one = asked.get(message.id);
      asked.delete(message.id);
      if ('failure' in message) one?.reject(toError(message.failure));
      else one?.resolve(message.output);
      if (asked.size === 0) onEmpty?.();
    },
    fail(error) {
      closedBy ??= error;
      for (const one of asked.values()) one.reject(error);
      asked.clear();
      onEmpty?.();
    },
    drain() {
      closedBy ??= new GatewayError('not_ready', 'The store is closed.');
      if (asked.size === 0) return Promise.resolve();
      return new Promise((resolve) => {
        onEmpty = resolve;
      });
    },
  };
}
