import { normalizeEmail } from '../auth/normalize-email.ts';
import type { Resource } from '../domain/resources.ts';
import type { Store } from '../store/store.ts';
import { CommandError } from './command.ts';

/** The user of this e-mail address or `usr_…` id. */
export async function findUser(
  store: Pick<Store, 'getResource' | 'findResourceByName'>,
  text: string,
): Promise<Resource<'user'>> {
  const user = text.startsWith('usr_')
    ? await store.getResource('user', text)
    : await store.findResourceByName('user', normalizeEmail(text));
  if (user) return user;
  throw new CommandError('failed', `There is no user ${text}. "signalbox user list" shows all.`);
}
