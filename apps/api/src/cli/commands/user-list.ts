import { showUser } from '../../http/resources/show-user.ts';
import type { Command } from '../command.ts';
import { renderTable } from '../render-table.ts';
import { withStore } from '../with-store.ts';

export const userList: Command = {
  name: 'user list',
  summary: 'Show the people who can sign in.',
  async run(call) {
    const users = await withStore(call, async ({ store }) =>
      (await store.loadResources('user')).map(showUser),
    );
    users.sort((a, b) => a.email.localeCompare(b.email));
    const rows = users.map(({ id, email, name, role, state }) => [email, role, state, name, id]);
    call.answer(
      { users },
      renderTable(['e-mail', 'role', 'state', 'name', 'id'], rows, 'There are no users.'),
    );
    return undefined;
  },
};
