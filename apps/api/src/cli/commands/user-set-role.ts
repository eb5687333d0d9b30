import { showUser } from '../../http/resources/show-user.ts';
import { changeUser } from '../change-user.ts';
import type { Command } from '../command.ts';
import { findUser } from '../find-user.ts';
import { readRole } from '../read-role.ts';
import { withStore } from '../with-store.ts';

export const userSetRole: Command = {
  name: 'user set-role',
  positionals: ['USER', 'ROLE'],
  summary: 'Make a person viewer, operator or admin.',
  details: 'USER is an e-mail address or a usr_… id. The last active admin stays admin.',
  async run(call) {
    const role = readRole(call.argument('ROLE'));
    const user = await withStore(call, async (tools) =>
      changeUser(tools, await findUser(tools.store, call.argument('USER')), { role }),
    );
    call.answer({ user: showUser(user) }, `${user.body.email} is ${role} now.`);
    return undefined;
  },
};
