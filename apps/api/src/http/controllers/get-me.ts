import type { Answer, Input } from '../exchange.ts';
import { userOf } from '../resources/user-of.ts';
import type { Services } from '../services.ts';

export function getMe(_services: Services, input: Input<unknown>): Answer {
  const { id, email, name, role } = userOf(input);
  return { status: 200, body: { id, email, name, role } };
}
