// Which room may import from which: ARCHITECTURE.md's table of arrows, checked by test/architecture/imports.test.ts.
const slice = (name, ...mayImport) => ({
  name: `${name}-imports-downhill`,
  severity: 'error',
  from: { path: `^server/${name}/` },
  to: { path: '^server/', pathNot: `^server/(${[name, 'contract', 'core', ...mayImport].join('|')})/` },
})

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'contract-imports-zod-only', severity: 'error', from: { path: '^server/contract/' }, to: { pathNot: '^server/contract/|^node_modules/zod/' } },
    { name: 'core-imports-contract', severity: 'error', from: { path: '^server/core/' }, to: { path: '^(server/(?!core/|contract/)|bridge/|web/|worker-config/)' } },
    { name: 'bridge-speaks-the-contract', severity: 'error', from: { path: '^bridge/' }, to: { path: '^(server/(?!contract/|core/)|web/|worker-config/worker/)' } },
    { name: 'web-speaks-the-contract', severity: 'error', from: { path: '^web/' }, to: { path: '^(server/(?!contract/)|bridge/|worker-config/worker/)' } },
    { name: 'worker-config-stands-alone', severity: 'error', from: { path: '^worker-config/' }, to: { path: '^(server|bridge|web)/' } },
    { name: 'server-does-not-import-bridge-or-web', severity: 'error', from: { path: '^server/' }, to: { path: '^(bridge|web)/' } },
    { name: 'only-media-speaks-mediasoup', severity: 'error', from: { path: '^(server|bridge|web)/', pathNot: '^server/media/' }, to: { path: '^node_modules/mediasoup/' } },
    { name: 'one-file-runs-ffmpeg', severity: 'error', from: { pathNot: '^bridge/ffmpeg/FfmpegProcess\\.ts$' }, to: { path: '^node_modules/(@types/)?fluent-ffmpeg/' } },
    { name: 'nobody-imports-the-wiring', severity: 'error', from: { pathNot: '^server/main\\.ts$' }, to: { path: '^server/(app|main|cli)\\.ts$' } },
    { name: 'sources-do-not-import-tests', severity: 'error', from: { path: '^(server|bridge|web|worker-config)/' }, to: { path: '^test/' } },
    slice('db'),
    slice('media'),
    slice('accounts', 'db'),
    slice('channels', 'db'),
    slice('replay', 'db', 'http'),
    slice('live', 'db', 'http', 'media', 'accounts', 'channels', 'replay', 'realtime'),
    slice('stats', 'live', 'media'),
    slice('realtime', 'accounts', 'http'),
    slice('http', 'db'),
    slice('operator', 'db', 'accounts', 'channels', 'live'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(web/dist|data|node_modules/\\.)' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'] },
  },
}
