/** What must be installed before the worker can be built, as Debian names it. */
import { existsSync } from 'node:fs'

/** Package, and a file (one of) that shows it is there: asking dpkg would miss what was installed by other means. */
const PACKAGES: ReadonlyArray<{ name: string; anyOf: readonly string[] }> = [
  { name: 'meson', anyOf: ['/usr/bin/meson', '/usr/local/bin/meson'] },
  { name: 'ninja-build', anyOf: ['/usr/bin/ninja', '/usr/local/bin/ninja'] },
  { name: 'g++', anyOf: ['/usr/bin/g++', '/usr/bin/c++'] },
  { name: 'pkg-config', anyOf: ['/usr/bin/pkg-config'] },
  { name: 'flatbuffers-compiler', anyOf: ['/usr/bin/flatc'] },
  { name: 'libflatbuffers-dev', anyOf: ['/usr/include/flatbuffers/flatbuffers.h'] },
  { name: 'libabsl-dev', anyOf: ['/usr/include/absl/types/optional.h'] },
  { name: 'libuv1-dev', anyOf: ['/usr/include/uv.h'] },
  { name: 'libssl-dev', anyOf: ['/usr/include/openssl/ssl.h'] },
  { name: 'libsrtp2-dev', anyOf: ['/usr/include/srtp2/srtp.h'] },
]

/** Debian packages still missing for building the worker. */
export function missingBuildPackages(exists: (file: string) => boolean = existsSync): string[] {
  return PACKAGES.filter(({ anyOf }) => !anyOf.some(exists)).map(({ name }) => name)
}
