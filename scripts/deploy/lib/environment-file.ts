/** Settings as systemd's EnvironmentFile= reads them: one `NAME="value"` a line. */
export function renderEnvironment(settings: Readonly<Record<string, string>>): string {
  const lines = Object.entries(settings)
    .filter(([, value]) => value !== '')
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
