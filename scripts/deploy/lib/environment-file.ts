/**
 * Settings as systemd's EnvironmentFile= reads them: one `NAME="value"` a line.
 * @param former the file that is replaced. A reload leaves workers what is no longer named: what it had is named, and is empty.
 */
export function renderEnvironment(settings: Readonly<Record<string, string>>, former = ''): string {
  const set = Object.entries(settings).filter(([, value]) => value !== '');
  const emptied = [...former.matchAll(/^([A-Z][A-Z0-9_]*)=/gm)].map(([, name = '']) => [name, '']);
  const all = { ...Object.fromEntries(emptied), ...Object.fromEntries(set) } as typeof settings;
  const lines = Object.entries(all)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${requireName(name)}="${quote(requireOneLine(name, value))}"`);
  return `${lines.join('\n')}\n`;
}

const quote = (value: string): string => value.replace(/[\\"$`]/g, '\\$&');

function requireName(name: string): string {
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return name;
  throw new Error(`"${name}" is not the name of a setting; rename the parameter.`);
}

function requireOneLine(name: string, value: string): string {
  if (!/[\r\n\0]/.test(value)) return value;
  throw new Error(`The value of ${name} has more than one line.`);
}
