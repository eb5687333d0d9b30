import type { Command } from './command.ts';
import { backupCommand } from './commands/backup.ts';
import { doctorCommand } from './commands/doctor.ts';
import { keysList } from './commands/keys-list.ts';
import { keysReseal } from './commands/keys-reseal.ts';
import { keysRevoke } from './commands/keys-revoke.ts';
import { keysRotateSigning } from './commands/keys-rotate-signing.ts';
import { migrateCommand } from './commands/migrate.ts';
import { restoreCommand } from './commands/restore.ts';
import { startCommand } from './commands/start.ts';
import { userAdd } from './commands/user-add.ts';
import { userDisable } from './commands/user-disable.ts';
import { userList } from './commands/user-list.ts';
import { userSetPassword } from './commands/user-set-password.ts';
import { userSetRole } from './commands/user-set-role.ts';

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  startCommand,
  userList,
  userAdd,
  userSetPassword,
  userSetRole,
  userDisable,
  keysList,
  keysRotateSigning,
  keysReseal,
  keysRevoke,
  backupCommand,
  restoreCommand,
  migrateCommand,
  doctorCommand,
];
