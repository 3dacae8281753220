// Where a push endpoint may lead.
import { expect, test } from 'vitest'
import { isPublicAddress, isPushEndpoint } from '../../../../../server/notify/push/publicAddress.ts'

test.each(['127.0.0.1', '10.1.2.3', '172.16.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '224.0.0.1', '255.255.255.255', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:10.0.0.1', '64:ff9b::a00:1', '2002:a00:1::', 'not an address'])('%s is not on the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '142.250.72.14', '2607:f8b0:4005:805::200e'])('%s is', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test('a push endpoint is https, by name or public address, without credentials', () => {
  expect(isPushEndpoint('https://fcm.googleapis.com/fcm/send/abc', { anywhere: false })).toBe(true)
  for (const endpoint of ['http://fcm.googleapis.com/x', 'https://localhost/x', 'https://127.0.0.1/x', 'https://[::1]/x', 'https://2130706433/x', 'https://a:b@push.example.org/x', 'file:///etc/passwd', 'nothing']) expect(isPushEndpoint(endpoint, { anywhere: false }), endpoint).toBe(false)
})
