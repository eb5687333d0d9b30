import { makeReadablePassword } from '../auth/make-readable-password.ts';
import { NewPassword } from '../contract/auth.ts';
import { CommandError, type Call, type OptionSpec } from './command.ts';

/** A password never stands on the command line, where every user of the machine could read it. */
export const PASSWORD_OPTION: Readonly<Record<string, OptionSpec>> = {
  'password-stdin': {
    type: 'boolean',
    help: 'Read the password from the standard input; otherwise one is made and shown once.',
  },
};

/** The password to set; `shown` is what a made one is told with, null for one that was given. */
export async function choosePassword(
  call: Call,
): Promise<{ password: string; shown: string | null }> {
  if (!call.flag('password-stdin')) {
    const password = makeReadablePassword();
    return { password, shown: password };
  }
  const given = (await call.io.readInput()).replace(/\r?\n$/, '');
  const checked = NewPassword.safeParse(given);
  if (checked.success) return { password: checked.data, shown: null };
  throw new CommandError(
    'usage',
    `The password ${checked.error.issues[0]?.message ?? 'is not valid'}.`,
  );
}

/** The line that shows a made password; empty for one that was given. */
export function passwordLine(shown: string | null): string {
  return shown === null ? '' : `\nPassword: ${shown}   (shown this once)`;
}
