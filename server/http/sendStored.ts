// Sends a file of the file store with the type and the cache rules of its kind.
import type { Response } from 'express'
import type { ErrorCode } from '../contract/errors.ts'
import { AppError } from '../core/AppError.ts'

type Kind = { readonly type: string; readonly cache: string }

const YEAR = 'public, max-age=31536000, immutable'
const kinds: Record<string, Kind> = {
  // RFC 8216 section 4; a playlist is fresh for less than a segment lasts.
  m3u8: { type: 'application/vnd.apple.mpegurl', cache: 'public, max-age=1' },
  m4s: { type: 'video/iso.segment', cache: YEAR },
  mp4: { type: 'video/mp4', cache: YEAR },
  jpg: { type: 'image/jpeg', cache: 'public, max-age=5' },
  webp: { type: 'image/webp', cache: YEAR },
}

export type StoredFile = {
  readonly root: string
  /** Path below the root, a segment an element. */
  readonly path: readonly string[]
  /** The answer when there is no such file. */
  readonly missing: ErrorCode
  /** Another cache rule than the kind's. */
  readonly cache?: string
}

/** @throws AppError `missing` for what is not there, is no kind we serve, or lies outside the root */
export function sendStored(response: Response, { root, path, missing, cache }: StoredFile): Promise<void> {
  const kind = kinds[path.at(-1)?.split('.').at(-1) ?? '']
  if (!kind || path.some((segment) => !/^[\w-][\w.-]*$/.test(segment))) return Promise.reject(new AppError(missing))
  response.setHeader('Content-Type', kind.type)
  response.setHeader('Cache-Control', cache ?? kind.cache)
  return new Promise((resolve, reject) => {
    response.sendFile(path.join('/'), { root, cacheControl: false, dotfiles: 'deny' }, (error?: NodeJS.ErrnoException & { status?: number }) => {
      if (!error || error.code === 'ECONNABORTED' || error.code === 'EPIPE') return resolve()
      if (response.headersSent) return resolve()
      response.removeHeader('Cache-Control')
      response.removeHeader('Content-Type')
      reject(error.status === 404 || error.code === 'ENOENT' ? new AppError(missing) : error.status === 416 ? new AppError('bad-request', { message: 'range not satisfiable' }) : error)
    })
  })
}
