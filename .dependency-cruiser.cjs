/** The import directions of ARCHITECTURE.md, and nothing else. A rule that needs an exception is redrawn. */

const api = 'apps/api/src';
const dashboard = 'apps/dashboard/src';

/** What each folder of the API may import, besides itself and packages. */
const mayImport = {
  domain: [],
  contract: ['domain'],
  routing: ['domain'],
  transform: ['domain'],
  store: ['domain'],
  catalog: ['routing', 'store', 'domain'],
  ingest: ['routing', 'store', 'domain'],
  delivery: ['transform', 'store', 'domain'],
  stream: ['store', 'contract', 'domain'],
  auth: ['store', 'domain'],
  limits: ['domain'],
  monitoring: ['store', 'domain'],
  http: [
    'routing',
    'transform',
    'store',
    'catalog',
    'ingest',
    'delivery',
    'stream',
    'auth',
    'limits',
    'monitoring',
    'contract',
    'domain',
  ],
};

const folderRules = Object.entries(mayImport).map(([folder, allowed]) => ({
  name: `${folder}-imports`,
  severity: 'error',
  comment: `${folder}/ may import ${allowed.length === 0 ? 'nothing else' : allowed.join(', ')}`,
  from: { path: `^${api}/${folder}/` },
  to: { path: `^${api}/`, pathNot: `^${api}/(${[folder, ...allowed].join('|')})/` },
}));

/** Vendor packages that may be imported from one place only. */
const fences = [
  ['express', `^${api}/http/|^bench/`],
  ['express-rate-limit', `^${api}/http/|^bench/`],
  ['kysely|better-sqlite3|pg', `^${api}/store/|^bench/`],
  ['undici', `^${api}/delivery/send\\.ts$|^bench/`],
  ['@redis/client', `^${api}/limits/redis/|^bench/`],
  ['jsonwebtoken', `^${api}/auth/|^bench/`],
  ['@aws-sdk/[^/]+', `^${api}/(monitoring/|cli/(commands/)?backup)`],
  ['pino', `^${api}/log\\.ts$`],
  ['jsonata', `^${api}/transform/`],
  ['re2js', `^${api}/routing/`],
  ['uplot', `^${dashboard}/ui/`],
  ['@codemirror|@lezer', `^${dashboard}/ui/`],
  ['@xyflow', `^${dashboard}/ui/`],
];

const fenceRules = fences.map(([name, home]) => ({
  name: `fence-${name.split('|')[0]}`,
  severity: 'error',
  comment: `${name} has one home: ${home}`,
  from: {
    path: '^(apps|bench|scripts)/',
    pathNot: `${home}|\\.test\\.tsx?$|^apps/[a-z]+/(test|e2e)/`,
  },
  to: { path: `node_modules/(${name})/`, dependencyTypesNot: ['type-only'] },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(node:|bun:)' },
    },
    ...folderRules,
    ...fenceRules,
    {
      name: 'the-command-line-is-on-top',
      severity: 'error',
      comment: 'cli/ may use everything, and nothing builds on it',
      from: { path: '^(apps|bench|scripts)/', pathNot: `^${api}/cli/|\\.test\\.ts$` },
      to: { path: `^${api}/cli/` },
    },
    {
      name: 'wiring-is-for-the-root',
      severity: 'error',
      comment: 'wiring/ knows every part, and only app.ts uses it',
      from: { path: `^${api}/`, pathNot: `^${api}/(app\\.ts$|wiring/)` },
      to: { path: `^${api}/wiring/` },
    },
    {
      name: 'engines-behind-the-interface',
      severity: 'error',
      comment: 'one file picks a store engine; the command line tends their files and servers',
      from: {
        path: '^apps/api/src/',
        pathNot: `^${api}/(open-store|cli/.*|store/(sqlite|postgres)/.*)\\.ts$|\\.test\\.ts$`,
      },
      to: { path: `^${api}/store/(sqlite|postgres)/` },
    },
    {
      name: 'features-are-strangers',
      severity: 'error',
      from: { path: `^${dashboard}/features/([^/]+)/` },
      to: { path: `^${dashboard}/features/`, pathNot: `^${dashboard}/features/$1/` },
    },
    {
      name: 'ui-and-lib-never-reach-up',
      severity: 'error',
      from: { path: `^${dashboard}/(ui|lib)/` },
      to: { path: `^${dashboard}/(app|api|features)/` },
    },
    {
      name: 'lib-imports-nothing',
      severity: 'error',
      from: { path: `^${dashboard}/lib/` },
      to: { path: `^${dashboard}/`, pathNot: `^${dashboard}/lib/` },
    },
    {
      name: 'features-below-app',
      severity: 'error',
      from: { path: `^${dashboard}/(api|features)/` },
      to: { path: `^${dashboard}/app/` },
    },
    {
      name: 'dashboard-sees-the-contract-only',
      severity: 'error',
      from: { path: '^apps/dashboard/', pathNot: '^apps/dashboard/e2e/' },
      to: { path: `^${api}/`, pathNot: `^${api}/(contract/|domain/(delivery-states|alert)\\.ts)` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|coverage|data)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'default'],
    },
  },
};
