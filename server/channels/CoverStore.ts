// Covers that hosts upload: checked by content, re-encoded without metadata, kept in the file store.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'

const MAX_PIXELS = 40_000_000
const WIDTH = 1280
const HEIGHT = 720

export class CoverStore {
  readonly folder: string

  constructor({ mediaDir }: { mediaDir: string }) {
    this.folder = join(mediaDir, 'covers')
  }

  /** Stores the picture as 1280x720 WebP. @returns its name. @throws AppError bad-image */
  async save(image: Buffer): Promise<string> {
    const name = newId()
    const encoded = await this.#encode(image)
    await mkdir(this.folder, { recursive: true })
    await writeFile(join(this.folder, `${name}.webp`), encoded)
    return name
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, `${name}.webp`), { force: true })
  }

  async #encode(image: Buffer): Promise<Buffer> {
    try {
      const picture = sharp(image, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
      const { format } = await picture.metadata()
      if (!['jpeg', 'png', 'webp'].includes(format)) throw new Error(`format ${format}`)
      return await picture.rotate().resize(WIDTH, HEIGHT, { fit: 'cover' }).webp({ quality: 82 }).toBuffer()
    } catch (error) {
      throw new AppError('bad-image', { cause: error, message: 'The file is not a JPEG, PNG or WebP picture of at most 40 megapixels' })
    }
  }
}
