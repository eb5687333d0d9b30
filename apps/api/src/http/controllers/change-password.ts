import type { z } from 'zod';
import type { PasswordChange } from '../../contract/auth.ts';
import type { Answer, Input } from '../exchange.ts';
import { sessionAnswer } from '../resources/session-answer.ts';
import { userOf } from '../resources/user-of.ts';
import type { Services } from '../services.ts';

/** Ends all other sessions of the user and answers a new one. */
export async function changePassword(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof PasswordChange>>,
): Promise<Answer> {
  const { currentPassword, newPassword } = input.body;
  const session = await services.sessions.changePassword(
    userOf(input).id,
    { current: currentPassword, next: newPassword },
    input.address ?? 'unknown',
  );
  return sessionAnswer(services, session);
}
