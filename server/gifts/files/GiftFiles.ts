// Pictures and effects that operators upload: checked by content, kept in the file store under names that are never used for anything else.
import { createHash } from 'node:crypto'
import { access, mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import express, { Router } from 'express'
import { GIFT_EFFECT_MAX_BYTES, GIFT_ICON_MAX_BYTES } from '../../contract/gifts.ts'
import type { GiftFile } from '../../contract/gifts.ts'
import { AppError } from '../../core/AppError.ts'
import { newId } from '../../core/newId.ts'
import type { Database } from '../../db/openDatabase.ts'
import { PictureStore } from '../../pictures/PictureStore.ts'
import { GIFT_FILES_PATH, giftFileUrl, isStarterFile } from '../giftView.ts'
import { starterGifts } from '../starterGifts.ts'
import { recogniseEffect } from './recogniseEffect.ts'

const FOLDER = 'gifts'
const ICON_PIXELS = 256
type Kind = GiftFile['kind']
type FileRow = { file: string; kind: Kind; bytes: number; duration_ms: number | null }

const starterKinds = new Map<string, Kind>(starterGifts.flatMap(({ draft }): Array<[string, Kind]> => [[draft.icon, 'icon'], ...(draft.effectFile ? [[draft.effectFile, draft.effect] as [string, Kind]] : [])]))

export class GiftFiles {
  readonly #database: Database
  readonly #folder: string
  readonly #icons: PictureStore

  constructor({ database, mediaDir }: { database: Database; mediaDir: string }) {
    this.#database = database
    this.#folder = join(mediaDir, FOLDER)
    this.#icons = new PictureStore({ mediaDir, folder: FOLDER, width: ICON_PIXELS, height: ICON_PIXELS, fit: 'inside' })
  }

  /** A still JPEG, PNG or WebP, encoded anew; SVG is not taken: it is a program as much as a picture. @throws AppError bad-image, too-large */
  async saveIcon(image: Buffer): Promise<GiftFile> {
    if (image.length > GIFT_ICON_MAX_BYTES) throw new AppError('too-large', { message: `A picture has at most ${GIFT_ICON_MAX_BYTES} bytes` })
    return this.#note({ file: `${await this.#icons.save(image)}.webp`, kind: 'icon', bytes: image.length, duration_ms: null })
  }

  /** @throws AppError bad-effect, too-large */
  async saveEffect(effect: Buffer): Promise<GiftFile> {
    if (effect.length > GIFT_EFFECT_MAX_BYTES) throw new AppError('too-large', { message: `An effect has at most ${GIFT_EFFECT_MAX_BYTES} bytes` })
    const { kind, extension, durationMs } = recogniseEffect(effect)
    const file = `${createHash('sha256').update(effect).digest('hex').slice(0, 32)}.${extension}`
    await this.#write(file, effect)
    return this.#note({ file, kind, bytes: effect.length, duration_ms: durationMs })
  }

  /** What a file is; undefined: there is none of that name. */
  async kindOf(file: string, within: Database = this.#database): Promise<Kind | undefined> {
    if (isStarterFile(file)) return starterKinds.get(file)
    const row = (await within('gift_files').where({ file }).first('kind')) as { kind: Kind } | undefined
    return row?.kind
  }

  /** Names tell contents, so caches may keep each for good; opened by itself, a file may do nothing. */
  routes(): Router {
    const files = express.static(this.#folder, {
      immutable: true,
      maxAge: '1y',
      fallthrough: false,
      index: false,
      redirect: false,
      setHeaders: (response) => {
        response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
        response.setHeader('X-Content-Type-Options', 'nosniff')
      },
    })
    return Router().use(GIFT_FILES_PATH, files)
  }

  /** Whole or not at all; the same content is there already. */
  async #write(file: string, bytes: Buffer): Promise<void> {
    const path = join(this.#folder, file)
    const isThere = await access(path).then(
      () => true,
      () => false,
    )
    if (isThere) return
    await mkdir(this.#folder, { recursive: true })
    const draft = join(this.#folder, `.${newId()}`)
    await writeFile(draft, bytes, { flag: 'wx' })
    await rename(draft, path)
  }

  async #note(row: FileRow): Promise<GiftFile> {
    await this.#database('gift_files').insert({ ...row, at: new Date() }).onConflict('file').ignore()
    return { file: row.file, url: giftFileUrl(row.file), kind: row.kind, bytes: row.bytes, durationMs: row.duration_ms }
  }
}

