import { showUser } from '../../http/resources/show-user.ts';
import { changeUser } from '../change-user.ts';
import type { Command } from '../command.ts';
import { findUser } from '../find-user.ts';
import { withStore } from '../with-store.ts';

export const userDisable: Command = {
  name: 'user disable',
  positionals: ['USER'],
  summary: 'Refuse a person from now on and end all their sessions.',
  details: 'USER is an e-mail address or a usr_… id. The last active admin cannot be disabled.',
  options: { undo: { type: 'boolean', help: 'Let the person sign in again.' } },
  async run(call) {
    const state = call.flag('undo') ? 'active' : 'disabled';
    const user = await withStore(call, async (tools) =>
      changeUser(tools, await findUser(tools.store, call.argument('USER')), { state }),
    );
    const outcome = state === 'active' ? 'can sign in again' : 'is disabled and signed out';
    call.answer({ user: showUser(user) }, `${user.body.email} ${outcome}.`);
    return undefined;
  },
};
