import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { keepAnAdmin } from '../resources/keep-an-admin.ts';
import { deleteResource } from '../resources/save-resource.ts';
import { showUser } from '../resources/show-user.ts';
import type { Services } from '../services.ts';

export async function deleteUser(
  services: Services,
  input: Input<{ userId: string }>,
): Promise<Answer> {
  const user = await findResource(services, 'user', input.params.userId);
  await keepAnAdmin(services, user);
  const answer = await deleteResource(services, input, showUser, user);
  await services.store.revokeSessionsOfUser(user.id);
  return answer;
}
