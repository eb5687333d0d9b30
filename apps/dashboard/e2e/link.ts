import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A network between a browser and a gateway that can be cut. */
export interface Link {
  url: string;
  /** Ends every connection, and refuses new ones. */
  cut(): Promise<void>;
  mend(): Promise<void>;
}

export async function startLink(toUrl: string): Promise<Link> {
  const to = new URL(toUrl);
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on('error', () => undefined).on('close', () => open.delete(socket));
  };
  const server = createServer((near) => {
    const far = connect(Number(to.port), to.hostname);
    keep(near);
    keep(far);
    near.pipe(far).pipe(near);
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  let port = 0;
  async function listen(): Promise<void> {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    port = address.port;
  }
  await listen();
  return {
    url: `http://127.0.0.1:${String(port)}`,
    async cut() {
      server.close();
      for (const socket of open) socket.destroy();
      await once(server, 'close');
    },
    mend: listen,
  };
}
