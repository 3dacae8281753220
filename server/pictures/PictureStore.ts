// Pictures that people upload: checked by content, re-encoded without metadata, kept in the file store.
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { AppError } from '../core/AppError.ts'
import { newId } from '../core/newId.ts'

const MAX_PIXELS = 40_000_000
const SECONDS = 10
const formats: readonly string[] = ['jpeg', 'png', 'webp']

/** The types that an upload may say it is; what it really is, its bytes tell. */
export const pictureTypes = ['image/jpeg', 'image/png', 'image/webp']

export type PictureShape = {
  /** Below the file store; also the path it is served under. */
  readonly folder: string
  /** In pixels. */
  readonly width: number
  readonly height: number
  /** `cover` crops to exactly that size; `inside` keeps the whole picture, at most that large and never enlarged. */
  readonly fit: 'cover' | 'inside'
}

export class PictureStore {
  readonly folder: string
  readonly #shape: PictureShape

  constructor({ mediaDir, ...shape }: PictureShape & { readonly mediaDir: string }) {
    this.folder = join(mediaDir, shape.folder)
    this.#shape = shape
  }

  /** Stores the picture as `NAME.webp`. @returns the name. @throws AppError bad-image */
  async save(image: Buffer): Promise<string> {
    const encoded = await this.#encode(image)
    const name = newId()
    await mkdir(this.folder, { recursive: true })
    await writeFile(join(this.folder, `${name}.webp`), encoded, { flag: 'wx' })
    return name
  }

  async remove(name: string): Promise<void> {
    await rm(join(this.folder, `${name}.webp`), { force: true })
  }

  async #encode(image: Buffer): Promise<Buffer> {
    const { width, height, fit } = this.#shape
    try {
      const picture = sharp(image, { limitInputPixels: MAX_PIXELS, failOn: 'error' }).timeout({ seconds: SECONDS })
      const { format, pages = 1 } = await picture.metadata()
      if (!formats.includes(format)) throw new Error(`format ${format}`)
      if (pages > 1 || isAnimatedPng(image)) throw new Error('animated')
      return await picture.rotate().resize(width, height, { fit, withoutEnlargement: fit === 'inside' }).webp({ quality: 82 }).toBuffer()
    } catch (error) {
      throw new AppError('bad-image', { cause: error, message: 'The file is not a still JPEG, PNG or WebP picture of at most 40 megapixels' })
    }
  }
}

/** sharp reads the first picture of an animated PNG and does not tell; its `acTL` chunk stands before the first `IDAT`. */
function isAnimatedPng(image: Buffer): boolean {
  const control = image.indexOf('acTL', 8, 'latin1')
  return image.subarray(1, 4).toString('latin1') === 'PNG' && control !== -1 && control < image.indexOf('IDAT', 8, 'latin1')
}
