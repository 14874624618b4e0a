import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import ts from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

export default ts.config(
  {
    ignores: [
      '.svelte-kit/',
      'build/',
      '.data/',
      'src/lib/paraglide/',
      'src/lib/server/db/tables.ts',
      'test-results/',
    ],
  },
  js.configs.recommended,
  ...ts.configs.strict,
  ...svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.browser, ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-console': 'error',
      'no-undef': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/no-dynamic-delete': 'off',
      'svelte/no-navigation-without-resolve': 'off',
      'no-restricted-imports': [
        'error',
        {
          paths: [
            { name: 'lucia', message: 'Only server/sessions knows lucia.' },
            { name: 'hls.js', message: 'Only player/hls.ts knows hls.js.' },
          ],
        },
      ],
    },
  },
  {
    files: ['src/lib/server/sessions/**', 'src/lib/player/hls.ts'],
    rules: { 'no-restricted-imports': 'off' },
  },
  {
    // A page that names a word while it runs carries all words of the house (70 kB).
    files: ['src/**/*.svelte', 'src/**/*.ts'],
    ignores: ['src/lib/server/**', 'src/lib/http/**', '**/+*server.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: "MemberExpression[computed=true][object.name='m']:not([property.type='Literal'])",
          message: 'Write a total table of words: Record<Code, () => string>.',
        },
        {
          selector: 'ImportNamespaceSpecifier[parent.source.value=/paraglide/]',
          message: 'Import { m }, and name each word.',
        },
      ],
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    languageOptions: { parserOptions: { parser: ts.parser, svelteConfig } },
  },
);
