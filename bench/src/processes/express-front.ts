import { createSecretKey, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type NextFunction, type Request, type Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import jsonwebtoken from 'jsonwebtoken';
import { z } from 'zod';
import type { StoredEvent } from './group-commit.ts';

const EventBody = z.strictObject({
  type: z.string().min(1).max(200),
  id: z.string().min(1).max(200).optional(),
  subject: z.string().min(1).optional(),
  data: z.record(z.string(), z.unknown()),
});

/**
 * The front that R, Q and B share: Express 5, bearer token (HS256, the key made once), a limit per client address
 * that counts but never refuses here, a body checked by zod, 202 after `store` resolved. No routing, no
 * CloudEvents, no batches, no roles, no logs.
 */
export async function startExpressFront(
  tokenSecret: string,
  store: (event: StoredEvent) => Promise<void>,
): Promise<number> {
  const key = createSecretKey(Buffer.from(tokenSecret));
  const application = express();
  application.disable('x-powered-by');
  application.use((request: Request, response: Response, next: NextFunction) => {
    try {
      const token = request.headers.authorization?.slice('Bearer '.length) ?? '';
      jsonwebtoken.verify(token, key, { algorithms: ['HS256'] });
      next();
    } catch {
      response.status(401).json({ title: 'Unauthorized' });
    }
  });
  application.use(
    rateLimit({
      windowMs: 60_000,
      limit: 1_000_000_000,
      standardHeaders: 'draft-8',
      legacyHeaders: false,
    }),
  );
  application.use(express.json({ limit: '256kb' }));
  application.post('/v1/events', async (request: Request, response: Response) => {
    const parsed = EventBody.safeParse(request.body);
    if (!parsed.success) {
      response.status(400).json({ title: 'Bad Request', errors: parsed.error.issues });
      return;
    }
    const { type, id = randomUUID(), data } = parsed.data;
    await store({ id, type, data: JSON.stringify(data) });
    response.status(202).json({ id, status: 'routed', deliveries: 1, duplicate: false });
  });
  return listen(application.listen(0, '127.0.0.1'));
}

/** Waits until `server` listens and answers its port. */
export async function listen(server: Server): Promise<number> {
  server.keepAliveTimeout = 60_000;
  if (!server.listening) await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}
