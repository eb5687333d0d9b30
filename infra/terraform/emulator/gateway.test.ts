import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type CallLog, openCallLog } from './call-log.ts';
import { type Gateway, startGateway } from './gateway.ts';
import { type Client, openClient } from './open-client.ts';

// Behind the gateway stands no moto but a server that says what came to it, and breaks where it is told to.
let behind: Server;
let gateway: Gateway;
let log: CallLog;
let client: Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'signalbox-emulator-'));
  behind = createServer((request, response) => {
    void request.toArray().then((parts: Buffer[]) => {
      const body = Buffer.concat(parts).toString('utf8');
      if (body.includes('Action=Break')) response.statusCode = 500;
      if (request.url === '/unknown') {
        response.statusCode = 404;
        response.end('<!doctype html><title>404 Not Found</title>');
      } else response.end(`${request.method ?? ''} ${request.url ?? ''} ${body}`);
    });
  }).listen(0, '127.0.0.1');
  await once(behind, 'listening');
  log = openCallLog(join(folder, 'calls.jsonl'));
  gateway = await startGateway((behind.address() as { port: number }).port, log);
  client = openClient(gateway.url, 'eu-central-1');
});

afterAll(async () => {
  await gateway.close();
  behind.close();
  await rm(folder, { recursive: true });
});

describe('the gateway before moto', () => {
  it('passes on what it does not answer itself', async () => {
    expect(await client.query('ec2', 'DescribeVpcs')).toBe('POST / Action=DescribeVpcs');
  });

  it('says 501 and the name where what stands behind it breaks', async () => {
    await expect(client.query('ec2', 'Break')).rejects.toThrow(/501.*ec2:Break/);
  });

  it('says 501 and the address where what stands behind it has no such page', async () => {
    const [status, text] = await client.rest('newservice', 'GET', '/unknown');
    expect([status, text]).toEqual([501, expect.stringContaining('newservice:GET /unknown')]);
  });

  it('writes down each call and whether anybody knew it', async () => {
    await client.json('logs', 'Logs_20140328.DescribeLogGroups').catch(() => undefined);
    await client.query('iam', 'Break').catch(() => undefined);
    const lines = (await readFile(join(folder, 'calls.jsonl'), 'utf8')).trim().split('\n');
    const last = lines.slice(-2).map((line) => JSON.parse(line) as unknown);
    expect(last).toMatchObject([
      { service: 'logs', action: 'DescribeLogGroups', region: 'eu-central-1', known: true },
      { service: 'iam', action: 'Break', status: 501, known: false },
    ]);
  });
});

describe('distributions', () => {
  const config = (more = '') =>
    `<DistributionConfigWithTags><DistributionConfig><DefaultCacheBehavior>${more}</DefaultCacheBehavior>` +
    `<CacheBehaviors><Items><CacheBehavior></CacheBehavior></Items></CacheBehaviors><Enabled>true</Enabled>` +
    `</DistributionConfig><Tags><Items/></Tags></DistributionConfigWithTags>`;
  const create = (more?: string) =>
    client.rest('cloudfront', 'POST', '/2020-05-31/distribution?WithTags', config(more));

  it('come back with what AWS adds, without which the provider does not survive', async () => {
    const [status, text] = await create();
    expect(status).toBe(201);
    expect(text).toContain('<OriginGroups><Quantity>0</Quantity></OriginGroups>');
    expect(text.match(/<GrpcConfig><Enabled>false<\/Enabled><\/GrpcConfig>/g)).toHaveLength(2);
  });

  it('are refused where they name headers that nobody made', async () => {
    const [status, text] = await create('<ResponseHeadersPolicyId>none</ResponseHeadersPolicyId>');
    expect([status, text]).toEqual([404, expect.stringContaining('NoSuchResponseHeadersPolicy')]);
  });

  it('are refused where they name a function that is not published', async () => {
    const [status, text] = await create('<FunctionARN>arn:x/none</FunctionARN>');
    expect([status, text]).toEqual([400, expect.stringContaining('InvalidFunctionAssociation')]);
  });

  it('are not deleted while they are on', async () => {
    const [, text] = await create();
    const id = /<Id>(\w+)<\/Id>/.exec(text)?.[1] ?? '';
    const [status] = await client.rest('cloudfront', 'DELETE', `/2020-05-31/distribution/${id}`);
    expect(status).toBe(409);
  });
});

describe('policies of buckets', () => {
  it('come back as they were sent, though moto is told of services alone', async () => {
    const statements = [
      { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*' },
      {
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
      },
    ];
    const policy = JSON.stringify({ Version: '2012-10-17', Statement: statements });
    await client.rest('s3', 'PUT', '/a-bucket?policy', policy);
    expect(await client.rest('s3', 'GET', '/a-bucket?policy')).toEqual([200, policy]);
  });
});
