// The watch page stays lean: what a viewer must load before the page works is under 200 KB gzipped.
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'

const LIMIT = 200_000
const dist = resolve(import.meta.dirname, '../../web/dist')
const manifestPath = join(dist, '.vite/manifest.json')

type Chunk = { readonly file: string; readonly imports?: readonly string[] }
type Manifest = Readonly<Record<string, Chunk>>

/** A chunk and everything it imports at once. */
function withImports(manifest: Manifest, key: string, seen: Set<string> = new Set()): Set<string> {
  const chunk = manifest[key]
  if (chunk === undefined || seen.has(key)) return seen
  seen.add(key)
  for (const imported of chunk.imports ?? []) withImports(manifest, imported, seen)
  return seen
}

// The build is part of setting up; a tree that was never built has nothing to weigh.
test.skipIf(!existsSync(manifestPath))('entry, watch page, Socket.IO and their imports weigh less than 200 KB gzipped', async () => {
  const manifest = JSON.parse(await readFile(manifestPath, 'utf8')) as Manifest
  const socketIo = Object.keys(manifest).find((key) => key.includes('socket.io-client'))
  expect(Object.keys(manifest)).toEqual(expect.arrayContaining(['index.html', 'watch/WatchPage.tsx', 'playback/loadDevice.ts']))
  expect(socketIo).toBeDefined()
  const keys = ['index.html', 'watch/WatchPage.tsx', socketIo ?? ''].reduce((seen, key) => withImports(manifest, key, seen), new Set<string>())
  const sizes = await Promise.all([...keys].map(async (key) => gzipSync(await readFile(join(dist, manifest[key]?.file ?? ''))).length))
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(LIMIT)
  // What may come later must not be drawn in at once.
  for (const later of ['playback/loadDevice.ts', 'studio/StudioPage.tsx']) expect(keys.has(later), later).toBe(false)
  expect([...keys].some((key) => key.includes('hls.js'))).toBe(false)
})
