/** What Footlight needs of the system besides Node, as Debian names it. */
import { existsSync } from 'node:fs'

export interface DebianPackage {
  name: string
  /** Files that show it is there, any one of them: quicker than asking dpkg, and content with other ways of installing. */
  anyOf: readonly string[]
}

/**
 * Of MariaDB the core packages alone: the full one would also run a server of the system's own.
 * `privateMariadb` and `privateRedis`: whether this start runs its own.
 */
export function runtimePackages({ privateMariadb, privateRedis }: { privateMariadb: boolean; privateRedis: boolean }): DebianPackage[] {
  return [
    { name: 'ffmpeg', anyOf: ['/usr/bin/ffmpeg', '/usr/local/bin/ffmpeg'] },
    // Posters are drawn by the server, in the script of their titles.
    { name: 'fonts-noto-cjk', anyOf: ['/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc'] },
    ...(privateMariadb
      ? [
          { name: 'mariadb-server-core', anyOf: ['/usr/sbin/mariadbd'] },
          { name: 'mariadb-client-core', anyOf: ['/usr/bin/my_print_defaults'] },
        ]
      : []),
    ...(privateRedis ? [{ name: 'redis-server', anyOf: ['/usr/bin/redis-server'] }] : []),
  ]
}

/** For end-to-end tests: a browser. */
export const testPackages: readonly DebianPackage[] = [{ name: 'chromium', anyOf: ['/usr/bin/chromium'] }]

/** Names of those that are not there. */
export function missingPackages(packages: readonly DebianPackage[], exists: (file: string) => boolean = existsSync): string[] {
  return packages.filter(({ anyOf }) => !anyOf.some(exists)).map(({ name }) => name)
}
