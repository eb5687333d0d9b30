import type { z } from 'zod';
import type { UserUpdate } from '../../contract/auth.ts';
import type { UserBody } from '../../domain/resources.ts';
import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { keepAnAdmin } from '../resources/keep-an-admin.ts';
import { givenOf } from '../resources/merge-patch.ts';
import { showAnswer, updateResource } from '../resources/save-resource.ts';
import { showUser } from '../resources/show-user.ts';
import type { Services } from '../services.ts';

/** A new password, or being disabled, ends all sessions of the user. */
export async function updateUser(
  services: Services,
  input: Input<{ userId: string }, unknown, z.output<typeof UserUpdate>>,
): Promise<Answer> {
  const { password, ...rest } = input.body;
  const before = await findResource(services, 'user', input.params.userId);
  const body: UserBody = { ...before.body, ...givenOf(rest) };
  if (body.role !== 'admin' || body.state !== 'active') await keepAnAdmin(services, before);
  const endsSessions =
    password !== undefined || (body.state === 'disabled' && before.body.state === 'active');
  if (password !== undefined) body.passwordHash = await services.hashPassword(password);
  if (endsSessions) body.tokensValidFrom = services.clock.now();
  const after = await updateResource(services, input, showUser, before, { body });
  if (endsSessions) await services.store.revokeSessionsOfUser(before.id);
  return showAnswer(after, showUser);
}
