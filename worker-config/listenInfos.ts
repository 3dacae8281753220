// Which sockets a worker opens for browsers, and which addresses it tells them to send to.
import type { TransportListenInfo } from 'mediasoup/types'

/** One address of this machine, as `os.networkInterfaces()` lists them. */
export type LocalAddress = { readonly name: string; readonly address: string; readonly family: 'IPv4' | 'IPv6'; readonly internal: boolean }

type Options = {
  readonly listenIp: string
  readonly port: number
  /** Empty: announce this machine's own addresses. */
  readonly announcedAddress: string
  readonly addresses: readonly LocalAddress[]
}

/** More candidates only make a viewer's first connectivity checks slower. */
const MAX_ADDRESSES = 5
const VIRTUAL = /^(docker|br-|veth|virbr|cni|flannel|tun|tap)/

/**
 * One socket per address rather than one on 0.0.0.0, because a socket has one candidate, and because a reply then leaves from the
 * address that was asked.
 * - Nothing announced: the machine's addresses (LAN first), loopback last, for browsers on a machine without a network.
 * - An address of this machine announced: it comes first, the others follow.
 * - Another address announced (a NAT's, or a name): every socket announces it, then its own address for browsers in the same network.
 *   Loopback is not offered: pages from a public address that send to it alarm browsers.
 */
export function listenInfos({ listenIp, port, announcedAddress, addresses }: Options): TransportListenInfo[] {
  const bound = chooseAddresses({ listenIp, announcedAddress, addresses })
  const mapped = announcedAddress !== '' && !bound.includes(announcedAddress)
  return bound.flatMap((ip) =>
    (['udp', 'tcp'] as const).map((protocol) => ({ protocol, ip, port, ...(mapped ? { announcedAddress, exposeInternalIp: !isLoopback(ip) } : {}) })),
  )
}

function chooseAddresses({ listenIp, announcedAddress, addresses }: Omit<Options, 'port'>): string[] {
  if (listenIp !== '0.0.0.0' && listenIp !== '::') return [listenIp]
  const usable = addresses.filter(({ family, address }) => family === 'IPv4' || (listenIp === '::' && !address.startsWith('fe80')))
  const rank = (one: LocalAddress) => (one.address === announcedAddress ? 0 : one.internal ? 3 : VIRTUAL.test(one.name) ? 2 : 1)
  const ordered = usable.toSorted((a, b) => rank(a) - rank(b)).map(({ address }) => address)
  const local = usable.some(({ address }) => address === announcedAddress)
  const outward = usable.filter(({ internal }) => !internal).map(({ address }) => address)
  const offerLoopback = announcedAddress === '' || isLoopback(announcedAddress) || outward.length === 0
  const chosen = ordered.filter((address) => outward.includes(address) || (local && address === announcedAddress)).slice(0, MAX_ADDRESSES - 1)
  const loopback = offerLoopback ? ordered.filter((address) => !chosen.includes(address) && address === '127.0.0.1') : []
  const all = [...chosen, ...loopback]
  return all.length > 0 ? all : [listenIp]
}

function isLoopback(address: string): boolean {
  return address.startsWith('127.') || address === '::1' || address === 'localhost'
}
