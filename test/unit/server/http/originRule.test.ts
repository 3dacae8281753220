import type { IncomingMessage } from 'node:http'
import { expect, test } from 'vitest'
import { originRule } from '../../../../server/http/originRule.ts'

const from = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage
const rule = originRule({ publicUrl: 'https://live.example.org', extraOrigins: ['https://studio.example.org'], trustProxy: 0 })

test('our own pages, the public URL, named origins and programs may call', () => {
  expect(rule(from({ host: 'box:3000', origin: 'http://box:3000' }))).toBe(true)
  expect(rule(from({ host: 'box:3000', origin: 'https://live.example.org' }))).toBe(true)
  expect(rule(from({ host: 'box:3000', origin: 'https://studio.example.org' }))).toBe(true)
  expect(rule(from({ host: 'box:3000' }))).toBe(true)
})

test('foreign pages may not, nor may a nonsense or null origin', () => {
  expect(rule(from({ host: 'box:3000', origin: 'https://evil.example' }))).toBe(false)
  expect(rule(from({ host: 'box:3000', origin: 'null' }))).toBe(false)
  expect(rule(from({ host: 'box:3000', origin: 'http://box:3001' }))).toBe(false)
})

test('a forwarded host counts only behind a trusted proxy', () => {
  const request = from({ host: 'inner:3000', 'x-forwarded-host': 'outer.example', origin: 'https://outer.example' })
  expect(rule(request)).toBe(false)
  expect(originRule({ publicUrl: '', extraOrigins: [], trustProxy: 1 })(request)).toBe(true)
})
