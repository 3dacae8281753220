// Offers as real clients send them.
import { readFileSync } from 'node:fs'
import path from 'node:path'

export const offerNames = ['chromium-publish', 'chromium-simulcast', 'chromium-watch', 'obs', 'gstreamer', 'gstreamer-publish', 'gstreamer-watch', 'gstreamer-watch-bare', 'gstreamer-watch-pcmu', 'pion-watch'] as const

export function offer(name: (typeof offerNames)[number]): string {
  return readFileSync(path.join(import.meta.dirname, 'offers', `${name}.sdp`), 'utf8')
}

/** A transport as a worker describes it. */
export const transport = {
  id: 'transport',
  iceParameters: { usernameFragment: 'serverufrag', password: 'serverpassword0123456789', iceLite: true },
  iceCandidates: [{ foundation: 'udpcandidate', priority: 1076558079, ip: '192.0.2.7', address: '192.0.2.7', protocol: 'udp', port: 44400, type: 'host' }],
  dtlsParameters: { role: 'auto' as const, fingerprints: [{ algorithm: 'sha-256' as const, value: Array(32).fill('AB').join(':') }] },
}
