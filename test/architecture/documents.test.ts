// The documents say what the code does: the table of arrows, and the table of settings.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, test } from 'vitest'
import { settingsSchema } from '../../server/contract/settings.ts'

type Rule = { name: string; to: { pathNot?: string } }
const { forbidden } = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as { forbidden: Rule[] }

test('ARCHITECTURE.md’s table of arrows is the one that is checked', () => {
  const text = readFileSync('ARCHITECTURE.md', 'utf8')
  const table = text.slice(text.indexOf('| slice |'), text.indexOf('## A broadcast'))
  const told = [...table.matchAll(/^\| (\w+) \| ?([\w, ]*)\|$/gm)].map(([, slice, may = '']) => [slice, may.split(',').map((word) => word.trim()).filter(Boolean)])
  const checked = forbidden
    .filter(({ name }) => name.endsWith('-imports-downhill'))
    .map(({ name, to }) => {
      const slice = name.replace('-imports-downhill', '')
      const allowed = /\((.*)\)/.exec(to.pathNot ?? '')?.[1]?.split('|') ?? []
      return [slice, allowed.filter((room) => ![slice, 'contract', 'core'].includes(room))]
    })
  expect(told.filter(([slice]) => slice !== 'slice')).toEqual(checked)
})

test.each(['README.md', 'README.zh-CN.md'])('%s names every setting and its default', (file) => {
  const text = readFileSync(file, 'utf8')
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const row = text.split('\n').find((line) => line.startsWith(`| \`${name}\` |`))
    expect(row, `${name} in ${file}`).toBeDefined()
    const fallback = schema.safeParse(undefined).data
    const shown = Array.isArray(fallback) ? fallback.join(',') : typeof fallback === 'boolean' ? String(Number(fallback)) : String(fallback)
    expect(row).toContain(shown === '' ? '| — |' : `| \`${shown}\` |`)
  }
})
