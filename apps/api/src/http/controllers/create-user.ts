import type { z } from 'zod';
import { normalizeEmail } from '../../auth/normalize-email.ts';
import type { UserCreate } from '../../contract/auth.ts';
import type { Answer, Input } from '../exchange.ts';
import { createdAnswer, insertResource } from '../resources/save-resource.ts';
import { showUser } from '../resources/show-user.ts';
import type { Services } from '../services.ts';

export async function createUser(
  services: Services,
  input: Input<unknown, unknown, z.output<typeof UserCreate>>,
): Promise<Answer> {
  const { name, role, password } = input.body;
  const email = normalizeEmail(input.body.email);
  const passwordHash = await services.hashPassword(password);
  const user = await insertResource(services, input, showUser, {
    kind: 'user',
    id: services.ids('usr'),
    name: email,
    parentId: null,
    body: { email, name, role, passwordHash, state: 'active', tokensValidFrom: 0 },
  });
  return createdAnswer(user, `/v1/users/${user.id}`, showUser(user));
}
