// Keeps this server from being sent to addresses inside its own network by a push endpoint that somebody made up.
import { lookup } from 'node:dns'
import { BlockList, isIP } from 'node:net'
import type { LookupFunction } from 'node:net'

/** Not on the public internet: RFC 6890 and its IPv6 kin. */
const inside = new BlockList()
for (const [network, prefix] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.0.2.0', 24], ['192.88.99.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['198.51.100.0', 24], ['203.0.113.0', 24], ['224.0.0.0', 3]] as const) inside.addSubnet(network, prefix, 'ipv4')
/** All IPv6 addresses in public use begin with these bits (IANA); within them, tunnels that hide an IPv4 address. */
const globalUnicast = new BlockList()
globalUnicast.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [['2001::', 23], ['2001:db8::', 32], ['2002::', 16]] as const) inside.addSubnet(network, prefix, 'ipv6')

/** Whether an IP address, without brackets, is on the public internet. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !inside.check(address, 'ipv4')
  return family === 6 && globalUnicast.check(address, 'ipv6') && !inside.check(address, 'ipv6')
}

/** Whether a push endpoint may be called at all, as far as its text tells. @param anywhere also http and addresses inside: for tests */
export function isPushEndpoint(endpoint: string, { anywhere }: { readonly anywhere: boolean }): boolean {
  if (!URL.canParse(endpoint)) return false
  const { protocol, hostname, username, password } = new URL(endpoint)
  if (anywhere) return protocol === 'https:' || protocol === 'http:'
  if (protocol !== 'https:' || username !== '' || password !== '') return false
  const host = hostname.replace(/^\[|\]$/g, '')
  return isIP(host) === 0 ? host.includes('.') : isPublicAddress(host)
}

/** Resolves as Node does, but to public addresses only: what is checked is what is connected to. */
export const lookupPublic: LookupFunction = (hostname, options, done) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return done(error, '')
    const open = addresses.filter(({ address }) => isPublicAddress(address))
    const [first] = open
    if (!first) return done(new Error(`${hostname} has no public address`), '')
    if (options.all) done(null, open)
    else done(null, first.address, first.family)
  })
}
