import { expect, test } from 'vitest'
import { profileChangeSchema, resetSchema } from '../../../../server/contract/accounts.ts'

const takes = (change: object) => profileChangeSchema.safeParse(change).success

test('links lead to the web and nowhere else', () => {
  const url = (text: string) => takes({ links: [{ label: '', url: text }] })
  for (const good of ['https://example.org', 'http://例子.测试/路', 'HTTPS://EXAMPLE.ORG/x?y#z']) expect(url(good), good).toBe(true)
  for (const bad of ['javascript:alert(1)', 'java\nscript:alert(1)', 'data:text/html,x', '//example.org', '/studio', 'ftp://example.org', 'https://a b', 'http:example.org', `https://e.org/${'x'.repeat(200)}`]) expect(url(bad), bad).toBe(false)
})

test('lengths count characters as people do, not code units', () => {
  expect(takes({ displayName: '🎬'.repeat(40) })).toBe(true)
  expect(takes({ displayName: '🎬'.repeat(41) })).toBe(false)
})

test('a reset comes with one code, of one kind', () => {
  const request = { name: 'ada', password: 'long enough' }
  expect(resetSchema.safeParse(request).success).toBe(false)
  expect(resetSchema.safeParse({ ...request, code: 'x', recoveryCode: 'y' }).success).toBe(false)
  expect(resetSchema.parse({ ...request, recoveryCode: ' AB-cd ' })).toMatchObject({ recoveryCode: 'abcd' })
})
