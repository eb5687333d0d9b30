import type { ChildProcess } from 'node:child_process';

/** What a child can be asked, by command name. */
export type Commands = Record<string, { input: unknown; output: unknown }>;

export type Handlers<C extends Commands> = {
  [K in keyof C]: (input: C[K]['input']) => C[K]['output'] | Promise<C[K]['output']>;
};

export interface Remote<C extends Commands> {
  call<K extends keyof C & string>(command: K, input: C[K]['input']): Promise<C[K]['output']>;
}

interface Request {
  callId: number;
  command: string;
  input: unknown;
}

interface Reply {
  callId: number;
  output?: unknown;
  error?: string;
}

/** Calls commands of a forked child over its IPC channel. A call rejects when the child fails or goes away. */
export function createRemote<C extends Commands>(child: ChildProcess): Remote<C> {
  let lastCallId = 0;
  const waiting = new Map<
    number,
    { resolve: (value: never) => void; reject: (e: Error) => void }
  >();
  child.on('message', (reply: Reply) => {
    const call = waiting.get(reply.callId);
    waiting.delete(reply.callId);
    if (reply.error === undefined) call?.resolve(reply.output as never);
    else call?.reject(new Error(reply.error));
  });
  child.on('exit', () => {
    for (const call of waiting.values()) call.reject(new Error('the child process went away'));
    waiting.clear();
  });
  return {
    call: (command, input) =>
      new Promise((resolve, reject) => {
        const callId = ++lastCallId;
        waiting.set(callId, { resolve, reject });
        child.send({ callId, command, input } satisfies Request);
      }),
  };
}

/** Answers the parent's commands; the process ends when the parent is gone. */
export function serveCommands<C extends Commands>(handlers: Handlers<C>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (request: Request) => {
    void answer(handlers, request).then((reply) => process.send?.(reply));
  });
}

async function answer<C extends Commands>(handlers: Handlers<C>, request: Request): Promise<Reply> {
  const { callId, command, input } = request;
  try {
    const handler = handlers[command];
    if (handler === undefined) throw new Error(`unknown command ${command}`);
    return { callId, output: await handler(input) };
  } catch (error) {
    return {
      callId,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    };
  }
}
