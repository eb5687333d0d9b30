import { once } from 'node:events';
import { mkdtemp, readlink, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { connect as connectPlainly } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { openCertifiedBox, type CertifiedBox } from '../support/certified-box.ts';
import { renderUserData, writtenFiles } from '../support/render-user-data.ts';
import { startAuthority, type CertificateAuthority } from '../support/start-authority.ts';
import type { Nginx } from '../support/start-nginx.ts';
import { waitUntil } from '../support/wait-until.ts';

const ORIGIN = 'origin.signalbox.example';
const HERE = '127.0.0.1';
// Of this machine too, but nobody listens there by themselves.
const ELSEWHERE = '127.0.0.9';
const [IS_ACTIVE, RELOAD] = ['is-active --quiet nginx', 'reload nginx'];

let folder: string;
let authority: CertificateAuthority;
let releaseScript: string;
let box: CertifiedBox;
let nginx: Nginx | null = null;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-acme-'));
  const document = await renderUserData({
    name: 'signalbox-test',
    region: 'eu-central-1',
    data_volume_id: 'vol-0123456789abcdef0',
  });
  releaseScript = writtenFiles(document).get('/usr/local/sbin/signalbox-release') ?? '';
  authority = await startAuthority(folder);
});
afterAll(async () => {
  // First, since there is no authority to end where a package is missing.
  await rm(folder, { recursive: true, force: true });
  await authority.stop();
});

beforeEach(async () => {
  await authority.leadNamesTo(HERE);
  const ofBox = await mkdtemp(join(folder, 'box-'));
  box = await openCertifiedBox(ofBox, releaseScript, ORIGIN, authority);
});
afterEach(async () => {
  await nginx?.stop();
  nginx = null;
  await box.stop();
});

/** The certificate that nginx shows who asks for the name; throws when it does not lead to the authority, or is for another name. */
async function served({ url }: Nginx): Promise<string> {
  const socket = connect({
    ...{ host: HERE, port: Number(new URL(url).port) },
    ...{ servername: ORIGIN, ca: authority.root },
  });
  await once(socket, 'secureConnect');
  const certificate = socket.getPeerX509Certificate()?.toString() ?? '';
  socket.destroy();
  return certificate;
}

async function kept(): Promise<string> {
  return (await box.certificate()) ?? 'none';
}

async function isPortOpen(port: number): Promise<boolean> {
  const socket = connectPlainly(port, HERE);
  return once(socket, 'connect').then(
    () => {
      socket.destroy();
      return true;
    },
    () => false,
  );
}

async function nobodyListens(): Promise<void> {
  await waitUntil(
    () => 'something still answers the authority',
    5_000,
    async () => !(await isPortOpen(authority.proofPort)),
  );
}

describe('the certificate of a box', () => {
  test('comes with the first release, before nginx runs, and is kept by the next', async () => {
    expect(await box.release()).toMatchObject({
      code: 0,
      output: expect.stringContaining('Successfully received certificate'),
    });
    await nobodyListens();
    nginx = await box.startNginx(true);
    const first = await served(nginx);
    expect(first).toBe(await kept());

    expect(await box.release()).toEqual({ code: 0, output: '' });
    expect(await kept()).toBe(first);
    expect(await box.systemctlCalls()).toEqual([IS_ACTIVE, RELOAD]);
  });

  test('comes through nginx where a box that runs already is given its name', async () => {
    nginx = await box.startNginx(false);
    expect(await box.release()).toMatchObject({ code: 0 });
    expect(await kept()).toContain('BEGIN CERTIFICATE');
    expect(await box.systemctlCalls()).toEqual([IS_ACTIVE, RELOAD]);
  });

  test("is renewed by Debian's timer through nginx, which then serves the new one", async () => {
    await box.release();
    nginx = await box.startNginx(true);
    const [first, calls] = [await served(nginx), await box.systemctlCalls()];

    expect(await readlink('/etc/systemd/system/timers.target.wants/certbot.timer')).toMatch(
      /certbot\.timer$/,
    );
    expect(await box.renew()).toEqual({ code: 0, output: '' });
    const second = await kept();
    expect(second).not.toBe(first);
    expect((await box.systemctlCalls()).slice(calls.length)).toEqual([RELOAD]);
    const running = nginx;
    await waitUntil(
      () => 'nginx serves another certificate than the new one',
      10_000,
      async () => (await served(running)) === second,
    );
  });

  test.each([
    ['nobody', false],
    ['somebody else', true],
  ])('stays in place where its name has come to lead to %s', async (_whom, isAnswered) => {
    await box.release();
    nginx = await box.startNginx(true);
    const [first, calls] = [await served(nginx), await box.systemctlCalls()];

    await authority.leadNamesTo(ELSEWHERE);
    let questions = 0;
    const other = createServer((_request, response) => {
      questions += 1;
      response.writeHead(404).end('not found');
    });
    if (isAnswered) await once(other.listen(authority.proofPort, ELSEWHERE), 'listening');
    const { code, output } = await box.renew();
    other.close();

    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringContaining(
        `Failed to renew certificate ${ORIGIN} with error: Some challenges have failed.`,
      ),
    });
    expect(questions > 0).toBe(isAnswered);
    expect(await kept()).toBe(first);
    expect(await served(nginx)).toBe(first);
    expect(await box.systemctlCalls()).toEqual(calls);
  });

  test('is not given to a box whose name leads elsewhere: the release ends, says why, and leaves nothing running', async () => {
    await authority.leadNamesTo(ELSEWHERE);
    const { code, output } = await box.release();
    expect({ code, output }).toEqual({
      code: 1,
      output: expect.stringMatching(
        new RegExp(`Domain: ${ORIGIN}\\s+Type: +connection\\s+Detail: .*${ELSEWHERE}`),
      ),
    });
    expect(await box.certificate()).toBeNull();
    await nobodyListens();
  });
});
