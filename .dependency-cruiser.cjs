/** Who may import whom: docs/paths.md and the table in CONTRIBUTING.md say why. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, pathNot: '\\.test\\.ts$' },
  to: { pathNot: allowed },
});
const never = (name, from, to, comment, pathNot) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...(pathNot ? { pathNot } : {}) },
  to: { path: to },
});

const KIT = ['node_modules/@sveltejs/kit', '^\\$app', '^\\$env', 'node_modules/svelte/'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-unresolved',
      severity: 'error',
      from: {},
      to: {
        couldNotResolve: true,
        pathNot: ['^\\$app', '^\\$service-worker$', '\\$types', 'paraglide', '^virtual:', '\\.wasm\\?url$'],
      },
    },
    only(
      'domain-is-pure',
      '^src/lib/domain/',
      ['^src/lib/domain/'],
      'rules know no package, clock, random or environment',
    ),
    only(
      'proof-runs-everywhere',
      '^src/lib/proof/',
      ['^src/lib/(proof|domain)/', 'node_modules/cborg/'],
      'the same check on the server, in a browser without network and on a command line',
    ),
    only(
      'player-stands-alone',
      '^src/lib/player/',
      [
        '^src/lib/(player|domain|paraglide|components)/',
        'node_modules/(svelte|hls\\.js|esm-env|clsx)/',
        '^svelte',
      ],
      'the player takes its line to the server as a parameter',
    ),
    never(
      'server-without-sveltekit',
      '^src/lib/server/',
      KIT,
      'worker, seeds and tests run lib/server with plain Node',
    ),
    never(
      'server-not-upwards',
      '^src/lib/server/',
      ['^src/routes/', '^src/lib/(http|client|components|player)/'],
      'arrows never point up',
    ),
    never('scripts-not-routes', '^(scripts|bench)/', ['^src/routes/'], 'scripts use operations'),
    never(
      'no-queries-above',
      '^src/(routes|lib/http|hooks)',
      ['\\.queries\\.ts$', '^src/lib/server/db/', 'node_modules/kysely/'],
      'pages call operations',
      '^src/routes/health/',
    ),
    never(
      'trpc-without-queries',
      '^src/lib/server/trpc/',
      ['\\.queries\\.ts$', '^src/lib/server/db/'],
      'procedures call operations',
    ),
    {
      name: 'queries-stay-in-their-noun',
      comment: 'another noun is asked through an operation',
      severity: 'error',
      from: { path: '^src/lib/server/([^/]+)/' },
      to: { path: '^src/lib/server/([^/]+)/.*\\.queries\\.ts$', pathNot: '^src/lib/server/$1/' },
    },
    {
      name: 'kysely-in-queries-only',
      comment: 'nobody else builds queries',
      severity: 'error',
      from: {
        path: '^src/lib/',
        pathNot: ['\\.queries\\.ts$', '^src/lib/server/(db|jobs)/', '^src/lib/server/clock\\.ts$'],
      },
      to: { path: 'node_modules/kysely/', dependencyTypesNot: ['type-only'] },
    },
    never(
      'face-detector-in-one-worker',
      '^src/',
      ['node_modules/@vladmandic/human/'],
      'two megabytes that only a thread of its own loads',
      '^src/lib/camera/face-worker\\.ts$',
    ),
    never(
      'lucia-in-sessions-only',
      '^src/',
      ['node_modules/lucia/'],
      'it is finished upstream; one folder to replace',
      '^src/lib/server/sessions/',
    ),
    never(
      'openid-client-in-one-folder',
      '^src/',
      ['node_modules/openid-client/'],
      'one place speaks to the authentication app',
      '^src/lib/server/sign-in/authentication-app/',
    ),
    never(
      'rate-limiter-in-rate-limits-only',
      '^src/',
      ['node_modules/rate-limiter-flexible/'],
      'one place knows what is counted',
      '^src/lib/server/rate-limits/',
    ),
    never(
      's3-in-storage-only',
      '^src/',
      ['node_modules/@aws-sdk/', 'node_modules/@tus/(s3|file)-store/'],
      'one place knows where files are',
      '^src/lib/server/storage/',
    ),
    never(
      'pkijs-in-certificates-only',
      '^src/',
      ['node_modules/(pkijs|asn1js)/'],
      'it reads CMS, and decides nothing',
      '^src/lib/server/certificates/',
    ),
    never(
      'hls-in-one-file',
      '^src/',
      ['node_modules/hls\\.js/'],
      'one place knows its settings',
      '^src/lib/player/hls\\.ts$',
    ),
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'src/lib/paraglide'] },
    exclude: { path: ['\\.svelte$', '^src/lib/paraglide/', '\\.svelte-kit'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.js', '.mjs', '.json'],
    },
  },
};
