import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

const environmentReader = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only config.ts reads the environment; take the setting as an argument.',
};
const wallClock = {
  selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
  message: 'Take a Clock (domain/clock.ts) as an argument.',
};
const defaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name.',
};

export default tseslint.config(
  { ignores: ['**/node_modules/**', '**/dist/**', '**/coverage/**', '**/data/**'] },
  js.configs.recommended,
  {
    files: ['**/*.ts', '**/*.tsx'],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-invalid-void-type': ['error', { allowInGenericTypeArguments: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      'max-lines': ['error', { max: 400, skipBlankLines: false, skipComments: false }],
      'no-restricted-syntax': ['error', defaultExport],
    },
  },
  {
    files: ['apps/api/src/**/*.ts'],
    ignores: [
      '**/*.test.ts',
      'apps/api/src/config.ts',
      'apps/api/src/main.ts',
      'apps/api/src/cli/**',
    ],
    rules: { 'no-restricted-syntax': ['error', defaultExport, environmentReader, wallClock] },
  },
  {
    files: ['apps/api/src/domain/clock.ts'],
    rules: { 'no-restricted-syntax': ['error', defaultExport, environmentReader] },
  },
  {
    files: ['apps/dashboard/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: reactHooks.configs.recommended.rules,
  },
  { files: ['**/*.config.{ts,mjs}', '**/*.cjs'], rules: { 'no-restricted-syntax': 'off' } },
  // Functions at the edge of the content delivery network are scripts, not modules.
  { files: ['infra/**/*.js'], languageOptions: { sourceType: 'script' } },
  {
    files: ['**/*.{mjs,cjs}'],
    languageOptions: {
      globals: {
        process: 'readonly',
        module: 'writable',
        console: 'readonly',
        __dirname: 'readonly',
      },
    },
  },
  {
    // CloudFront calls the function by this name.
    files: ['infra/terraform/**/functions/*.js'],
    rules: { 'no-unused-vars': ['error', { varsIgnorePattern: '^handler$' }] },
  },
);
