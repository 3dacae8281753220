// Four kinds of tests, from the quickest to the one that drives real browsers.
import { defineConfig } from 'vitest/config'

// Real browsers, workers and encoders share two cores in CI: a test that a stall spoiled may try once more there.
const retry = process.env['CI'] ? 1 : 0
const real = { environment: 'node' as const, globalSetup: ['test/support/globalSetup.ts'], fileParallelism: false, retry, hookTimeout: 60_000 }

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], environment: 'node', testTimeout: 20_000 } },
      { test: { name: 'architecture', include: ['test/architecture/**/*.test.ts'], environment: 'node', testTimeout: 60_000 } },
      // Servers mostly wait for databases: two files at once share the cores well. Browsers and encoders do not.
      { test: { ...real, fileParallelism: true, maxWorkers: 2, name: 'integration', sequence: { groupOrder: 1 }, include: ['test/integration/**/*.test.ts'], testTimeout: 60_000 } },
      { test: { ...real, name: 'e2e', sequence: { groupOrder: 2 }, include: ['test/e2e/**/*.test.ts'], testTimeout: 120_000 } },
    ],
  },
})
