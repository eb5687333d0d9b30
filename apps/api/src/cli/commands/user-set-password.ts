import { hashPassword } from '../../auth/hash-password.ts';
import { showUser } from '../../http/resources/show-user.ts';
import { changeUser } from '../change-user.ts';
import { choosePassword, passwordLine, PASSWORD_OPTION } from '../choose-password.ts';
import type { Command } from '../command.ts';
import { findUser } from '../find-user.ts';
import { withStore } from '../with-store.ts';

export const userSetPassword: Command = {
  name: 'user set-password',
  positionals: ['USER'],
  summary: 'Give a person a new password and end all their sessions.',
  details: 'USER is an e-mail address or a usr_… id.',
  options: PASSWORD_OPTION,
  async run(call) {
    const { password, shown } = await choosePassword(call);
    const passwordHash = await hashPassword(password);
    const user = await withStore(call, async (tools) =>
      changeUser(tools, await findUser(tools.store, call.argument('USER')), { passwordHash }),
    );
    call.answer(
      { user: showUser(user), password: shown },
      `${user.body.email} has a new password and is signed out everywhere.${passwordLine(shown)}`,
    );
    return undefined;
  },
};
