/** What a newcomer reads when everything runs: where to look, how to go live, and the admin's password once. */
import os from 'node:os'

export interface SummaryOptions {
  httpHost: string
  httpPort: number
  rtmpPort: number
  /** PUBLIC_URL, or empty. */
  publicUrl: string
  /** On the first run. */
  admin?: { name: string; password: string }
  dataDir: string
  seconds: number
  networks?: NodeJS.Dict<os.NetworkInterfaceInfo[]>
}

export function summary({ httpHost, httpPort, rtmpPort, publicUrl, admin, dataDir, seconds, networks }: SummaryOptions): string {
  const local = publicUrl || `http://localhost:${httpPort}`
  const everywhere = httpHost === '0.0.0.0' || httpHost === '::'
  const lan = everywhere && !publicUrl ? lanAddress(networks ?? os.networkInterfaces()) : undefined
  const rows = [
    ['Watch', local],
    ...(lan ? [['', `http://${lan}:${httpPort}  (from other devices; to go live from a browser there, it wants https)`]] : []),
    ['Go live', `${local}/studio  from this browser`],
    ['', `rtmp://${new URL(local).hostname}:${rtmpPort}/live  from OBS; the stream key is in the studio`],
    ...(admin ? [['Admin', `${admin.name}  password ${admin.password}  (shown this once; keep it)`]] : []),
    ['Logs', `${dataDir}/logs`],
  ]
  const lines = rows.map(([title = '', text = '']) => `  ${title.padEnd(9)}${text}`)
  return ['', `Footlight is ready after ${seconds.toFixed(1)} s. Ctrl-C stops everything.`, '', ...lines, ''].join('\n')
}

function lanAddress(networks: NodeJS.Dict<os.NetworkInterfaceInfo[]>): string | undefined {
  return Object.values(networks)
    .flat()
    .find((network) => network && network.family === 'IPv4' && !network.internal)?.address
}
