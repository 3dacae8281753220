// The arrows of ARCHITECTURE.md hold: rooms import downhill only.
import { createRequire } from 'node:module'
import { cruise } from 'dependency-cruiser'
import type { ICruiseResult, IFlattenedRuleSet, ICruiseOptions } from 'dependency-cruiser'
import extractTSConfig from 'dependency-cruiser/config-utl/extract-ts-config'
import { expect, test } from 'vitest'

const { forbidden, options } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: IFlattenedRuleSet['forbidden']; options: ICruiseOptions }

test('every import goes downhill, and none runs in a circle', async () => {
  const result = await cruise(['server', 'bridge', 'web', 'worker-config'], { ...options, ruleSet: { forbidden }, validate: true }, undefined, { tsConfig: extractTSConfig('tsconfig.json') })
  const { summary, modules } = result.output as ICruiseResult
  expect(modules.length).toBeGreaterThan(100)
  expect(summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} -> ${to}`)).toEqual([])
}, 120_000)
