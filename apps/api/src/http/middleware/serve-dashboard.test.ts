import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import express, { type Express } from 'express';
import supertest from 'supertest';
import { createServeDashboard } from './serve-dashboard.ts';
import './exchange.ts';

function appOf(dashboardDir: string | null): Express {
  const app = express();
  app.use((request, _response, next) => {
    request.exchange = {
      requestId: 'req_test',
      startedAt: 0,
      principal: null,
      rawBody: Buffer.alloc(0),
      body: undefined,
      route: 'unknown',
      bodyUnread: false,
      path: '/',
      search: '',
      address: null,
      params: {},
    };
    next();
  });
  app.use(createServeDashboard({ dashboardDir }));
  app.use((_request, response) => {
    response.status(404).end();
  });
  return app;
}

let http: ReturnType<typeof supertest>;
beforeAll(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'signalbox-dashboard-'));
  await mkdir(join(dir, 'assets'));
  await writeFile(join(dir, 'index.html'), '<!doctype html><title>Signalbox</title>');
  await writeFile(join(dir, 'assets', 'main-Ab12Cd34.js'), 'plain');
  await writeFile(join(dir, 'assets', 'main-Ab12Cd34.js.br'), 'packed');
  await writeFile(join(dir, 'icon.svg'), '<svg/>');
  http = supertest(appOf(dir));
});

describe('the dashboard', () => {
  test('hashed files may be kept for good, and come packed to who can unpack them', async () => {
    const packed = await http
      .get('/assets/main-Ab12Cd34.js')
      .set('accept-encoding', 'br')
      .buffer(false);
    expect(packed.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(packed.headers['content-encoding']).toBe('br');
    expect(packed.headers['content-type']).toMatch(/javascript/);
    expect(packed.headers['vary']).toContain('Accept-Encoding');
    const plain = await http.get('/assets/main-Ab12Cd34.js').set('accept-encoding', 'identity');
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  test('every page that a browser opens is index.html, never kept, without inline scripts', async () => {
    for (const path of ['/', '/events', '/targets/tgt_1?tab=health']) {
      const page = await http.get(path).set('accept', 'text/html,*/*');
      expect(page.status).toBe(200);
      expect(page.text).toContain('<title>Signalbox');
      expect(page.headers['cache-control']).toBe('no-cache');
      expect(page.headers['content-security-policy']).toContain("script-src 'self';");
    }
  });

  test.each([
    ['/v1/nothing'],
    ['/oauth/nothing'],
    ['/health'],
    ['/docs/x'],
    ['/openapi.json'],
    ['/metrics'],
  ])('a path of the API is never a page: %s', async (path) => {
    expect((await http.get(path).set('accept', 'text/html')).status).toBe(404);
  });

  test('missing files, and calls that are no navigation, are not found', async () => {
    expect((await http.get('/assets/old-Ab12Cd34.js').set('accept', '*/*')).status).toBe(404);
    expect((await http.get('/assets/old.js').set('accept', 'text/html')).status).toBe(404);
    expect((await http.get('/events').set('accept', 'application/json')).status).toBe(404);
    expect((await http.post('/events').set('accept', 'text/html')).status).toBe(404);
  });

  test.each([
    ['/../package.json'],
    ['/%2e%2e/package.json'],
    ['/assets/..%2f..%2fetc/passwd'],
    ['/assets/main-Ab12Cd34.js.br'],
  ])('nothing else is served: %s', async (path) => {
    expect((await http.get(path).set('accept', '*/*')).status).toBe(404);
  });

  test('that is not built is said at the root', async () => {
    const { status, text } = await supertest(appOf(null)).get('/');
    expect(status).toBe(200);
    expect(text).toContain('not built');
  });
});
