import { once } from 'node:events';
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { TLSSocket } from 'node:tls';
import { afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import {
  makeAuthority,
  type Authority,
  type Certified,
} from '../../test/support/make-certificates.ts';
import { systemClock } from '../domain/clock.ts';
import type { TargetTls } from '../domain/resources.ts';
import { openClientTls, type ClientTls } from './client-tls.ts';
import { resolveBySystem } from './guarded-lookup.ts';
import { createSender } from './send.ts';
import type { SendOutcome } from './send-types.ts';

let serverCa: Authority;
let clientCa: Authority;
let otherCa: Authority;
let server: Certified;
let client: Certified;
beforeAll(async () => {
  [serverCa, clientCa, otherCa] = (await Promise.all(
    ['servers', 'clients', 'others'].map(makeAuthority),
  )) as [Authority, Authority, Authority];
  server = await serverCa.issue({ name: 'billing' });
  client = await clientCa.issue({ name: 'signalbox' });
});

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A receiver that takes only clients of the client CA; it notes who they say they are. */
async function startServer(options: ServerOptions = {}) {
  const clients: string[] = [];
  const sockets = new Set<unknown>();
  const receiver = createServer(
    {
      key: server.key,
      cert: server.certificate,
      ca: clientCa.certificate,
      requestCert: true,
      rejectUnauthorized: true,
      ...options,
    },
    (request, response) => {
      const { socket } = request;
      sockets.add(socket);
      const shown = socket instanceof TLSSocket ? socket.getPeerX509Certificate() : undefined;
      clients.push(shown?.subject ?? 'nobody');
      response.end();
    },
  );
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  closers.push(async () => {
    receiver.closeAllConnections();
    receiver.close();
    await once(receiver, 'close');
  });
  const { port } = receiver.address() as AddressInfo;
  return { url: `https://127.0.0.1:${port}/hook`, clients, connections: () => sockets.size };
}

function open(
  change: Partial<Omit<TargetTls, 'clientKey'>> & { clientKey?: string | null } = {},
): ClientTls | null {
  const { clientKey = client.key, ...rest } = change;
  return openClientTls(
    {
      clientCertificate: client.certificate,
      ca: serverCa.certificate,
      serverName: null,
      ...rest,
      clientKey: clientKey === null ? null : { keyId: 'test', box: clientKey },
    },
    ({ box }) => box,
  );
}

function makeSend(): (url: string, tls: ClientTls | null) => Promise<SendOutcome> {
  const sender = createSender({
    clock: systemClock,
    resolve: resolveBySystem,
    allowCidrs: ['127.0.0.0/8'],
  });
  closers.push(() => sender.close());
  return (url, tls) =>
    sender.send({
      poolKey: 'tgt_1',
      maxConnections: 1,
      method: 'POST',
      url: new URL(url),
      headers: {},
      body: Buffer.from('{}'),
      timeoutMs: 3000,
      tls,
      oauth2: null,
    });
}

const OK = { outcome: 'answered', statusCode: 200 };
const failedBy = (error: RegExp, errorKind = 'tls') => ({
  outcome: 'failed',
  errorKind,
  error: expect.stringMatching(error),
});

describe('a target that demands a client certificate', () => {
  test('is reached with it, over connections that are kept', async () => {
    const { url, clients, connections } = await startServer();
    const send = makeSend();
    const tls = open();
    for (let count = 0; count < 3; count += 1) expect(await send(url, tls)).toMatchObject(OK);
    expect(clients).toEqual(['CN=signalbox', 'CN=signalbox', 'CN=signalbox']);
    expect(connections()).toBe(1);
  });

  test.each(['TLSv1.2', 'TLSv1.3'] as const)('says over %s that there is none', async (version) => {
    const { url, clients } = await startServer({ minVersion: version, maxVersion: version });
    const outcome = await makeSend()(url, open({ clientCertificate: null, clientKey: null }));
    expect(outcome).toMatchObject(failedBy(/client certificate/));
    expect(clients).toEqual([]);
  });

  test('that ends the connection over a certificate of another CA leaves a hint', async () => {
    const { url, clients } = await startServer();
    const stranger = await otherCa.issue({ name: 'stranger' });
    const tls = open({ clientCertificate: stranger.certificate, clientKey: stranger.key });
    expect(await makeSend()(url, tls)).toMatchObject(
      failedBy(/may not accept the client certificate/, 'connection_reset'),
    );
    expect(clients).toEqual([]);
  });

  test('that ends the connection over an expired certificate leaves a hint', async () => {
    const { url, clients } = await startServer();
    const old = await clientCa.issue({ notAfter: new Date(Date.now() - 60_000) });
    const tls = open({ clientCertificate: old.certificate, clientKey: old.key });
    expect(await makeSend()(url, tls)).toMatchObject(
      failedBy(/may not accept the client certificate/, 'connection_reset'),
    );
    expect(clients).toEqual([]);
  });
});

describe("the target's own certificate", () => {
  test('must come from a public CA where the target names none', async () => {
    const { url } = await startServer({ requestCert: false });
    for (const tls of [null, open({ ca: null })])
      expect(await makeSend()(url, tls)).toMatchObject(failedBy(/give its CA/));
  });

  test('must come from the CA that the target names', async () => {
    const { url, clients } = await startServer();
    expect(await makeSend()(url, open({ ca: otherCa.certificate }))).toMatchObject(
      failedBy(/give its CA/),
    );
    expect(clients).toEqual([]);
  });

  test('may come from a CA of its own without any client certificate', async () => {
    const { url } = await startServer({ requestCert: false });
    const tls = open({ clientCertificate: null, clientKey: null });
    expect(await makeSend()(url, tls)).toMatchObject(OK);
  });

  test('must not have expired', async () => {
    const { certificate, key } = await serverCa.issue({ notAfter: new Date(Date.now() - 60_000) });
    const { url } = await startServer({ cert: certificate, key });
    expect(await makeSend()(url, open())).toMatchObject(failedBy(/certificate has expired/));
  });

  test('must bear the name of the URL, or the server name of the target', async () => {
    const names = [{ type: 'dns', value: 'billing.internal' }] as const;
    const { certificate, key } = await serverCa.issue({ names });
    const { url } = await startServer({ cert: certificate, key });
    expect(await makeSend()(url, open())).toMatchObject(failedBy(/for another name/));
    expect(await makeSend()(url, open({ serverName: 'billing.internal' }))).toMatchObject(OK);
  });
});

describe('a changed certificate', () => {
  test('is used for the next request, on a connection of its own', async () => {
    const { url, clients, connections } = await startServer();
    const send = makeSend();
    const renewed = await clientCa.issue({ name: 'renewed' });
    await send(url, open());
    await send(url, open({ clientCertificate: renewed.certificate, clientKey: renewed.key }));
    expect(clients).toEqual(['CN=signalbox', 'CN=renewed']);
    expect(connections()).toBe(2);
  });

  test('cuts nothing off that is under way', async () => {
    const held: (() => void)[] = [];
    const arrived = Promise.withResolvers<null>();
    const slow = createServer(
      { key: server.key, cert: server.certificate },
      (_request, response) => {
        held.push(() => response.end());
        if (held.length === 2) arrived.resolve(null);
      },
    );
    slow.listen(0, '127.0.0.1');
    await once(slow, 'listening');
    closers.push(async () => {
      slow.closeAllConnections();
      slow.close();
      await once(slow, 'close');
    });
    const url = `https://127.0.0.1:${(slow.address() as AddressInfo).port}/hook`;
    const send = makeSend();
    const renewed = await clientCa.issue();
    const both = [
      send(url, open()),
      send(url, open({ clientCertificate: renewed.certificate, clientKey: renewed.key })),
    ];
    await arrived.promise;
    for (const answer of held) answer();
    for (const outcome of await Promise.all(both)) expect(outcome).toMatchObject(OK);
  });

  test('that was only read again keeps the connection', async () => {
    const { url, connections } = await startServer();
    const send = makeSend();
    await send(url, open());
    await send(url, open());
    expect(connections()).toBe(1);
  });
});
