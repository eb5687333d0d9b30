import { hashPassword } from '../../auth/hash-password.ts';
import { normalizeEmail } from '../../auth/normalize-email.ts';
import { UserCreate } from '../../contract/auth.ts';
import { insertResource } from '../../http/resources/save-resource.ts';
import { showUser } from '../../http/resources/show-user.ts';
import { choosePassword, passwordLine, PASSWORD_OPTION } from '../choose-password.ts';
import { CommandError, type Command } from '../command.ts';
import { readRole } from '../read-role.ts';
import { COMMAND_LINE, withStore } from '../with-store.ts';

export const userAdd: Command = {
  name: 'user add',
  positionals: ['EMAIL'],
  summary: 'Let a person sign in.',
  options: {
    role: { type: 'string', value: 'ROLE', help: 'viewer (default), operator or admin.' },
    name: { type: 'string', value: 'NAME', help: 'As shown to others; default: the e-mail.' },
    ...PASSWORD_OPTION,
  },
  async run(call) {
    const role = readRole(call.option('role') ?? 'viewer');
    const email = normalizeEmail(call.argument('EMAIL'));
    const { password, shown } = await choosePassword(call);
    const given = { email, name: call.option('name') ?? email, role, password };
    const checked = UserCreate.safeParse(given);
    if (!checked.success) {
      const [issue] = checked.error.issues;
      throw new CommandError('usage', `${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}`);
    }
    const { name } = checked.data;
    const passwordHash = await hashPassword(password);
    const user = await withStore(call, (tools) =>
      insertResource(tools, COMMAND_LINE, showUser, {
        kind: 'user',
        id: tools.ids('usr'),
        name: email,
        parentId: null,
        body: { email, name, role, passwordHash, state: 'active', tokensValidFrom: 0 },
      }),
    );
    call.answer(
      { user: showUser(user), password: shown },
      `${email} can sign in as ${role}.${passwordLine(shown)}`,
    );
    return undefined;
  },
};
