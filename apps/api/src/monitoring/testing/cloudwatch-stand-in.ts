import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as CloudWatch gets it. */
export interface PublishedFigures {
  Namespace: string;
  MetricData: {
    MetricName: string;
    Value: number;
    Unit: string;
    /** Seconds since 1970. */
    Timestamp: number;
    Dimensions: { Name: string; Value: string }[];
  }[];
}

/** A stand-in for CloudWatch on loopback: it reads the JSON that the SDK sends, and answers as told. */
export async function startCloudWatchStandIn() {
  const requests: PublishedFigures[] = [];
  const operations: (string | undefined)[] = [];
  let status = 200;
  let onRequest = () => {};
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      operations.push(request.headers['x-amz-target'] as string | undefined);
      requests.push(JSON.parse(Buffer.concat(parts).toString('utf8')) as PublishedFigures);
      response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' });
      response.end(status === 200 ? '{}' : '{"__type":"InternalServiceFault","message":"no"}');
      onRequest();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    operations,
    answer: (next: number) => (status = next),
    next: () => new Promise<void>((resolve) => (onRequest = resolve)),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
