import type { Answer, Input } from '../exchange.ts';
import { findResource } from '../resources/find-resource.ts';
import { showAnswer } from '../resources/save-resource.ts';
import { showUser } from '../resources/show-user.ts';
import type { Services } from '../services.ts';

export async function getUser(
  services: Services,
  { params }: Input<{ userId: string }>,
): Promise<Answer> {
  return showAnswer(await findResource(services, 'user', params.userId), showUser);
}
