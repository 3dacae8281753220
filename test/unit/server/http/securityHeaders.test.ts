import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { securityHeaders } from '../../../../server/http/securityHeaders.ts'

const app = express().use(securityHeaders({ embedAncestors: ['self', 'https://partner.example'] }), (_request, response) => void response.send('x'))
let server: ReturnType<typeof app.listen>
beforeAll(async () => {
  server = app.listen(0)
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(() => server.close())
const get = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`)

test('an ordinary page is never framed', async () => {
  const { headers } = await get('/c/embed')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('x-frame-options')).toBe('SAMEORIGIN')
})

test('the embeddable player is framed by those the operator names, and keeps the rest of the policy', async () => {
  const { headers } = await get('/embed/anna')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self' https://partner.example")
  expect(headers.get('content-security-policy')).toContain("script-src 'self'")
  expect(headers.has('x-frame-options')).toBe(false)
})
