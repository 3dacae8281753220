/** What the launcher and the tests know of a database that runs for them alone. */
import type { Exit } from './spawnTied.ts'

export interface PrivateServerOptions {
  /** Folder of this server's files; made if need be. */
  dataDir: string
  /** Takes lines for a person to read. */
  log: (line: string) => void
}

export interface PrivateServer {
  /** How clients reach it: DATABASE_URL or REDIS_URL. */
  readonly url: string
  readonly pid: number
  /** Resolves when it is gone, for whatever reason. */
  readonly exited: Promise<Exit>
  /** Ends it in order and releases the folder. May be called again. */
  stop(): Promise<void>
}
