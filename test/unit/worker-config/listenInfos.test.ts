import { expect, test } from 'vitest'
import { listenInfos } from '../../../worker-config/listenInfos.ts'
import type { LocalAddress } from '../../../worker-config/listenInfos.ts'

const lo: LocalAddress = { name: 'lo', address: '127.0.0.1', family: 'IPv4', internal: true }
const docker: LocalAddress = { name: 'docker0', address: '172.17.0.1', family: 'IPv4', internal: false }
const lan: LocalAddress = { name: 'eth0', address: '192.168.1.5', family: 'IPv4', internal: false }
const six: LocalAddress = { name: 'eth0', address: 'fd00::2', family: 'IPv6', internal: false }
const addresses = [lo, docker, lan, six]
const udp = (announcedAddress: string, listenIp = '0.0.0.0', of = addresses) =>
  listenInfos({ listenIp, port: 44400, announcedAddress, addresses: of }).filter(({ protocol }) => protocol === 'udp')

test('nothing announced: the LAN first, then virtual networks, loopback last, no IPv6', () => {
  expect(udp('').map(({ ip }) => ip)).toEqual(['192.168.1.5', '172.17.0.1', '127.0.0.1'])
})

test('each address has UDP and TCP on the worker’s port', () => {
  expect(listenInfos({ listenIp: '0.0.0.0', port: 44401, announcedAddress: '', addresses: [lan] })).toEqual([
    { protocol: 'udp', ip: '192.168.1.5', port: 44401 },
    { protocol: 'tcp', ip: '192.168.1.5', port: 44401 },
  ])
})

test('a NAT’s address or a name is announced by every socket, with the LAN’s beside it and without loopback', () => {
  expect(udp('203.0.113.9')).toEqual([
    { protocol: 'udp', ip: '192.168.1.5', port: 44400, announcedAddress: '203.0.113.9', exposeInternalIp: true },
    { protocol: 'udp', ip: '172.17.0.1', port: 44400, announcedAddress: '203.0.113.9', exposeInternalIp: true },
  ])
})

test('an address of this machine that is announced comes first', () => {
  expect(udp('172.17.0.1').map(({ ip }) => ip)).toEqual(['172.17.0.1', '192.168.1.5'])
  expect(udp('127.0.0.1').map(({ ip }) => ip)).toEqual(['127.0.0.1', '192.168.1.5', '172.17.0.1'])
})

test('a machine without a network has loopback', () => {
  expect(udp('', '0.0.0.0', [lo]).map(({ ip }) => ip)).toEqual(['127.0.0.1'])
})

test('a listen address that was chosen is the only one', () => {
  expect(udp('', '10.0.0.7')).toEqual([{ protocol: 'udp', ip: '10.0.0.7', port: 44400 }])
})
