import { expect, test } from 'vitest'
import { summary } from '../../../../server/setup/summary.ts'

const base = { httpHost: '0.0.0.0', httpPort: 3000, rtmpPort: 1935, publicUrl: '', dataDir: '/srv/data', seconds: 3.14, networks: {} }
const lan = { eth0: [{ address: '192.168.1.5', family: 'IPv4' as const, internal: false, netmask: '', mac: '', cidr: null }] }

test('tells where to look, how to go live and, on the first run, the admin’s password', () => {
  const text = summary({ ...base, admin: { name: 'admin', password: 'word' } })
  expect(text).toContain('ready after 3.1 s')
  expect(text).toContain('http://localhost:3000')
  expect(text).toContain('rtmp://localhost:1935/live')
  expect(text).toContain('admin  password word')
  expect(summary(base)).not.toContain('password')
})

test('other devices are told their address only where they can reach us', () => {
  expect(summary({ ...base, networks: lan })).toContain('http://192.168.1.5:3000')
  expect(summary({ ...base, httpHost: '127.0.0.1', networks: lan })).not.toContain('192.168.1.5')
})

test('a public address takes the place of localhost', () => {
  const text = summary({ ...base, publicUrl: 'https://live.example.org', networks: lan })
  expect(text).toContain('https://live.example.org/studio')
  expect(text).toContain('rtmp://live.example.org:1935/live')
  expect(text).not.toContain('localhost')
})
