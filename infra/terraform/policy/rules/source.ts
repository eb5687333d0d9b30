import type { Blocks, Source } from '../read-sources.ts';
import type { Fault, SourceRule } from '../rule.ts';

const SNAKE_CASE = /^[a-z][a-z0-9]*(_[a-z0-9]+)*$/;

/** What must not stand in a source, because it differs between accounts or is a secret. */
const LITERALS: [what: string, pattern: RegExp][] = [
  ['the id of an account', /"[^"]*\b(?!136693071363)\d{12}\b[^"]*"/],
  ['the id of an image', /"ami-[0-9a-f]{8,}"/],
  ['a key of AWS', /\bA(KI|SI)A[A-Z0-9]{16}\b/],
  ['a private key', /PRIVATE KEY-----/],
  ['an address', /"(?!0\.0\.0\.0|10\.)\d{1,3}(\.\d{1,3}){3}(\/\d+)?"/],
];

/** Attributes that would put a secret into the state. */
const SECRET_ATTRIBUTES = ['password', 'secret_string', 'auth_token', 'master_password'];

export const sourceRules: SourceRule[] = [
  {
    number: 1,
    title: 'Every variable has a description and a type',
    findFaults: (sources) =>
      eachBlock(
        sources,
        'variables',
        ({ description, type }) => description && type,
        'It lacks a description or a type.',
      ),
  },
  {
    number: 2,
    title: 'Every output has a description',
    findFaults: (sources) =>
      eachBlock(sources, 'outputs', ({ description }) => description, 'It lacks a description.'),
  },
  {
    number: 3,
    title: 'Every variable, local and data source is used',
    findFaults: (sources) => sources.flatMap(findUnused),
  },
  {
    number: 4,
    title: 'Versions of Terraform and of the provider are bounded, and roots lock them',
    findFaults: (sources) =>
      each(
        sources,
        ({ terraform, hasLockFile, kind, resources }) => {
          const text = JSON.stringify(terraform);
          const bounded =
            text.includes('"required_version"') &&
            (Object.keys(resources).length === 0 || text.includes('"version":"~> 5.100"'));
          return bounded && (kind === 'module' || hasLockFile);
        },
        'It lacks required_version, the version of the provider, or its lock file.',
      ),
  },
  {
    number: 5,
    title: 'Names are in snake case and do not say the type again',
    findFaults: (sources) =>
      sources.flatMap(({ folder, resources, data, variables, outputs }) => [
        ...[...Object.keys(variables), ...Object.keys(outputs)]
          .filter((name) => !SNAKE_CASE.test(name))
          .map((name) => ({ at: `${folder} ${name}`, message: 'Its name is not in snake case.' })),
        ...[...Object.entries(resources), ...Object.entries(data)].flatMap(([type, blocks]) =>
          Object.keys(blocks)
            .filter((name) => !SNAKE_CASE.test(name) || `aws_${name}` === type)
            .map((name) => ({
              at: `${folder} ${type}.${name}`,
              message: 'Its name is not in snake case, or says the type again.',
            })),
        ),
      ]),
  },
  {
    number: 6,
    title: 'Modules are laid out alike, and comments begin with #',
    findFaults: (sources) => [
      ...each(
        sources.filter(({ kind }) => kind === 'module'),
        ({ files }) =>
          ['main.tf', 'variables.tf', 'outputs.tf', 'versions.tf'].every((name) =>
            files.some((file) => file.name === name),
          ),
        'It lacks main.tf, variables.tf, outputs.tf or versions.tf.',
      ),
      ...each(
        sources,
        ({ files }) => !files.some(({ text }) => /^\s*(\/\/|\/\*)/m.test(text)),
        'A comment begins with // or /*.',
      ),
    ],
  },
  {
    number: 7,
    title: 'Modules have no provider of their own, and nothing holds ids, addresses or secrets',
    findFaults: (sources) => [
      ...each(
        sources.filter(({ kind }) => kind === 'module'),
        ({ providers }) => Object.keys(providers).length === 0,
        'It holds a provider.',
      ),
      ...sources.flatMap(({ folder, files }) =>
        files.flatMap(({ name, text }) => findLiterals(`${folder}/${name}`, withoutMessages(text))),
      ),
    ],
  },
  {
    number: 8,
    title: 'Secrets are marked, and never written into the state',
    findFaults: (sources) => [
      ...sources.flatMap(({ folder, variables }) =>
        Object.entries(variables)
          .filter(([name, [block]]) => /secret$|password$|token$/.test(name) && !isMarked(block))
          .map(([name]) => ({
            at: `${folder} ${name}`,
            message: 'Mark it sensitive or ephemeral.',
          })),
      ),
      ...sources.flatMap(({ folder, resources }) =>
        Object.entries(resources).flatMap(([type, blocks]) =>
          Object.entries(blocks)
            .filter(([, [block]]) =>
              SECRET_ATTRIBUTES.some((name) => block !== undefined && name in block),
            )
            .map(([name]) => ({
              at: `${folder} ${type}.${name}`,
              message: 'Use the write-only attribute instead.',
            })),
        ),
      ),
    ],
  },
  {
    number: 9,
    title: 'Text of a closed form is validated',
    findFaults: (sources) =>
      eachBlock(
        sources,
        'variables',
        ({ description, validation }) =>
          validation !== undefined ||
          !/\b(takes|one of)\b|^[a-z]+: .+ [a-z]+: /.test(String(description)),
        'Its description names what it takes, and nothing checks it.',
      ),
  },
];

function each(
  sources: readonly Source[],
  isGood: (source: Source) => boolean,
  message: string,
): Fault[] {
  return sources.filter((one) => !isGood(one)).map(({ folder }) => ({ at: folder, message }));
}

function eachBlock(
  sources: readonly Source[],
  kind: 'variables' | 'outputs',
  isGood: (block: Record<string, unknown>) => unknown,
  message: string,
): Fault[] {
  return sources.flatMap((source) =>
    Object.entries<Blocks[string]>(source[kind])
      .filter(([, [block]]) => !block || !isGood(block))
      .map(([name]) => ({ at: `${source.folder} ${name}`, message })),
  );
}

function findUnused({ folder, files, variables, locals, data }: Source): Fault[] {
  const text = files.map((file) => file.text).join('\n');
  const names = [
    ...Object.keys(variables).map((name) => `var.${name}`),
    ...Object.keys(locals).map((name) => `local.${name}`),
    ...Object.entries(data).flatMap(([type, blocks]) =>
      Object.keys(blocks).map((name) => `data.${type}.${name}`),
    ),
  ];
  return names
    .filter((name) => !new RegExp(`\\b${name.replaceAll('.', '\\.')}\\b`).test(text))
    .map((name) => ({ at: `${folder} ${name}`, message: 'Nothing uses it.' }));
}

/** Examples in messages and descriptions are not values. */
const withoutMessages = (text: string): string =>
  text.replaceAll(/^\s*(error_message|description|#).*$/gm, '');

function findLiterals(at: string, text: string): Fault[] {
  return LITERALS.filter(([, pattern]) => pattern.test(text)).map(([what]) => ({
    at,
    message: `It holds ${what}.`,
  }));
}

const isMarked = (block: Record<string, unknown> | undefined): boolean =>
  block?.['sensitive'] === true || block?.['ephemeral'] === true;
