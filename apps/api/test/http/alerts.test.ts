import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Alert, AlertRule } from '../../src/contract/alerts.ts';
import { openLiveStream } from '../support/open-live-stream.ts';
import { startTestApp, type ProblemBody, type TestApp } from '../support/start-test-app.ts';

let app: TestApp;
let receiver: Server;
let targetId = '';
let alert: Alert;
/** A target says that it is gone: an alert without any rule. */
beforeAll(async () => {
  app = await startTestApp();
  receiver = createServer((request, response) => {
    request.resume();
    response.writeHead(410).end();
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/`;
  targetId = (await app.create('/v1/targets', { name: 'moved away', url }))['id'] ?? '';
  const pattern = { type: ['gone.test'] };
  await app.create('/v1/subscriptions', { name: 'all', targetId, pattern });
  const stream = await openLiveStream(app.url, app.tokens.viewer, '?topics=alert.raised');
  await app.send().send({ type: 'gone.test' }).expect(202);
  const { data } = await stream.next('alert.raised');
  stream.close();
  const { id } = JSON.parse(data) as { id: string };
  alert = (await app.as('viewer', 'get', `/v1/alerts/${id}`)).body as Alert;
});
afterAll(async () => {
  await app.close();
  receiver.closeAllConnections();
  receiver.close();
});

const RULE = {
  name: 'most attempts fail',
  measure: 'failureRatePercent',
  scope: { kind: 'each-target' },
  threshold: 40,
};

const asAdmin = (method: 'get' | 'post' | 'patch' | 'delete', path: string) =>
  app.as('admin', method, path);
const listed = async (query: string) =>
  ((await app.as('viewer', 'get', `/v1/alerts?${query}`)).body as { data: Alert[] }).data;

describe('200', () => {
  test('an alert says what it is about, how grave it is and since when it is so', () => {
    expect(alert).toMatchObject({
      state: 'open',
      code: 'target_gone',
      ruleId: null,
      targetId,
      severity: 'critical',
      title: 'Target says that it is gone, and was disabled: moved away',
      detail: expect.stringContaining('410') as unknown,
      occurrences: 1,
      resolvedAt: null,
      acknowledgedBy: null,
    });
  });

  test('the list holds what the filters say', async () => {
    expect(await listed(`state=open&targetId=${targetId}&code=target_gone`)).toEqual([alert]);
    expect(await listed('state=resolved')).toEqual([]);
    expect(await listed('ruleId=rul_none')).toEqual([]);
    expect(await listed('severity=info&severity=warning')).toEqual([]);
  });

  test('who acknowledges an alert is named, in the audit log too, and streams hear of it', async () => {
    const stream = await openLiveStream(app.url, app.tokens.viewer, '?topics=alert.updated');
    const path = `/v1/alerts/${alert.id}/acknowledge`;
    const reply = await app.as('operator', 'post', path).send({});
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      state: 'open',
      acknowledgedBy: expect.stringMatching(/^usr_/) as unknown,
      acknowledgedAt: expect.any(String) as unknown,
    });
    expect(JSON.parse((await stream.next('alert.updated')).data)).toEqual({ id: alert.id });
    stream.close();
    const audit = await asAdmin('get', `/v1/audit-log?subjectId=${alert.id}`);
    expect(audit.body).toMatchObject({ data: [{ action: 'alert.acknowledged' }] });
    const again = await app.as('admin', 'post', path).send({});
    expect([again.status, (again.body as ProblemBody).code]).toEqual([409, 'conflict']);
  });

  test('a gateway begins with a few rules', async () => {
    const { body } = await app.as('viewer', 'get', '/v1/alert-rules');
    const rules = (body as { data: AlertRule[] }).data;
    expect(rules.map(({ measure }) => measure).sort()).toEqual([
      'backlogAgeSeconds',
      'deadLetters',
      'failureRatePercent',
      'securityEvents',
    ]);
  });
});

describe('201, then 200, 412 and 204', () => {
  test('a rule is created, read, changed and deleted, each change in the audit log', async () => {
    const created = await asAdmin('post', '/v1/alert-rules').send(RULE);
    expect(created.status).toBe(201);
    const { id } = created.body as AlertRule;
    expect(created.headers['location']).toBe(`/v1/alert-rules/${id}`);
    expect(created.body).toMatchObject({
      ...RULE,
      windowMinutes: 15,
      severity: 'warning',
      state: 'active',
    });
    const path = `/v1/alert-rules/${id}`;
    const read = await app.as('viewer', 'get', path);
    expect(read.body).toEqual(created.body);
    const etag = read.headers['etag'] ?? '';
    const scope = { kind: 'target', targetId };
    const changed = await asAdmin('patch', path)
      .set('if-match', etag)
      .send({ scope, threshold: 5 });
    expect([changed.status, changed.body]).toMatchObject([200, { scope, threshold: 5 }]);
    const late = await asAdmin('patch', path).set('if-match', etag).send({ threshold: 6 });
    expect(late.status).toBe(412);
    expect((await asAdmin('delete', path)).status).toBe(204);
    expect((await asAdmin('get', path)).status).toBe(404);
    const audit = await asAdmin('get', `/v1/audit-log?subjectId=${id}`);
    const { data } = audit.body as { data: { action: string }[] };
    expect(data.map(({ action }) => action)).toEqual([
      'alert-rule.deleted',
      'alert-rule.updated',
      'alert-rule.created',
    ]);
  });
});

describe('400', () => {
  test.each([
    [{ measure: 'mood' }, '/measure'],
    [{ threshold: -1 }, '/threshold'],
    [{ windowMinutes: 0 }, '/windowMinutes'],
    [{ scope: { kind: 'source', sourceId: 'src_00000000000000000000000000' } }, '/scope/kind'],
    [{ scope: { kind: 'target', targetId: 'tgt_00000000000000000000000000' } }, '/scope/targetId'],
    [{ measure: 'securityEvents', scope: { kind: 'all' }, windowMinutes: 61 }, '/windowMinutes'],
  ])('%j is refused by the name of the field', async (changes, pointer) => {
    const reply = await asAdmin('post', '/v1/alert-rules').send({ ...RULE, ...changes });
    expect(reply.status).toBe(400);
    expect((reply.body as ProblemBody).errors?.map((fault) => fault.pointer)).toEqual([pointer]);
  });

  test('an unknown filter is refused', async () => {
    expect((await app.as('viewer', 'get', '/v1/alerts?state=closed')).status).toBe(400);
  });
});

test('403: an operator reads rules and acknowledges alerts, and changes no rule', async () => {
  expect((await app.as('operator', 'post', '/v1/alert-rules').send(RULE)).status).toBe(403);
  const path = `/v1/alerts/${alert.id}/acknowledge`;
  expect((await app.as('viewer', 'post', path).send({})).status).toBe(403);
});

test('404: an alert that is not there', async () => {
  expect((await app.as('viewer', 'get', '/v1/alerts/alr_none')).status).toBe(404);
  const path = '/v1/alerts/alr_none/acknowledge';
  expect((await app.as('operator', 'post', path).send({})).status).toBe(404);
});

test('409: two rules cannot have one name', async () => {
  const name = { ...RULE, name: 'twice' };
  await asAdmin('post', '/v1/alert-rules').send(name).expect(201);
  expect((await asAdmin('post', '/v1/alert-rules').send(name)).status).toBe(409);
});
