import type { z } from 'zod';
import type { Login } from '../../contract/auth.ts';
import type { Answer, Input } from '../exchange.ts';
import { sessionAnswer } from '../resources/session-answer.ts';
import type { Services } from '../services.ts';

export async function login(
  services: Services,
  { body, address }: Input<unknown, unknown, z.output<typeof Login>>,
): Promise<Answer> {
  const session = await services.sessions.login({ ...body, address: address ?? 'unknown' });
  return sessionAnswer(services, session);
}
