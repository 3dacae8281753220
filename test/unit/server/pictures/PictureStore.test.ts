import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PictureStore } from '../../../../server/pictures/PictureStore.ts'

let mediaDir: string
let store: PictureStore
beforeAll(async () => {
  mediaDir = await mkdtemp(join(tmpdir(), 'footlight-pictures-'))
  store = new PictureStore({ mediaDir, folder: 'avatars', width: 256, height: 256, fit: 'cover' })
})
afterAll(() => rm(mediaDir, { recursive: true, force: true }))

const picture = (width = 320, height = 200) => sharp({ create: { width, height, channels: 3, background: 'teal' } })
const stored = (name: string) => readFile(join(store.folder, `${name}.webp`))
const refused = (image: Buffer) => expect(store.save(image)).rejects.toMatchObject({ code: 'bad-image' })

test.each(['jpeg', 'png', 'webp'] as const)('%s becomes a WebP of exactly the shape’s size', async (format) => {
  const name = await store.save(await picture().toFormat(format).toBuffer())
  expect(await sharp(await stored(name)).metadata()).toMatchObject({ format: 'webp', width: 256, height: 256 })
})

test('where a photograph was taken is not kept', async () => {
  const gps = { IFD0: { Copyright: 'somewhere private' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1', GPSLongitudeRef: 'E', GPSLongitude: '13/1 24/1 18/1' } }
  const image = await picture().withExif(gps).jpeg().toBuffer()
  expect((await sharp(image).metadata()).exif?.includes('somewhere private')).toBe(true)
  const metadata = await sharp(await stored(await store.save(image))).metadata()
  expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.icc]).toEqual([undefined, undefined, undefined, undefined])
})

test('what else a file carries behind its picture is not kept', async () => {
  const payload = '<script>alert(document.domain)</script>'
  const polyglot = Buffer.concat([await picture().jpeg().toBuffer(), Buffer.from(payload), Buffer.from('PK\x03\x04')])
  expect((await stored(await store.save(polyglot))).includes('<script>')).toBe(false)
})

test('what is no picture of the allowed kinds is refused, whatever it is called', async () => {
  await refused(Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image href="file:///etc/passwd"/></svg>'))
  await refused(Buffer.from('<!doctype html><script>alert(1)</script>'))
  await refused(await picture().gif().toBuffer())
  await refused(await picture().tiff().toBuffer())
  await refused(Buffer.alloc(0))
})

test('a file that is cut off is refused', async () => {
  for (const format of ['jpeg', 'png', 'webp'] as const) {
    const noise = await sharp({ create: { width: 400, height: 400, channels: 3, noise: { type: 'gaussian', mean: 128, sigma: 40 }, background: 'black' } }).toFormat(format).toBuffer()
    await refused(noise.subarray(0, noise.length / 2))
  }
})

test('50 megapixels in a few bytes are refused before they are unpacked', async () => {
  const bomb = await picture(10_000, 5_000).png({ compressionLevel: 9 }).toBuffer()
  expect(bomb.length).toBeLessThan(1_000_000)
  await refused(bomb)
})

test('moving pictures are refused', async () => {
  const [red, blue] = await Promise.all(['red', 'blue'].map((background) => sharp({ create: { width: 8, height: 8, channels: 3, background } }).png().toBuffer()))
  const frames = await sharp([red as Buffer, blue as Buffer], { join: { animated: true } }).webp().toBuffer()
  expect((await sharp(frames).metadata()).pages).toBe(2)
  await refused(frames)
  const png = await picture().png().toBuffer()
  const control = Buffer.from('000000086163544c000000020000000000000000', 'hex')
  await refused(Buffer.concat([png.subarray(0, 33), control, png.subarray(33)]))
})

test('a refused picture leaves no file; a removed one is gone', async () => {
  const before = (await readdir(store.folder)).length
  await refused(Buffer.from('nothing'))
  expect(await readdir(store.folder)).toHaveLength(before)
  const name = await store.save(await picture().png().toBuffer())
  await store.remove(name)
  await store.remove(name)
  expect(await readdir(store.folder)).toHaveLength(before)
})

test('a picture that fits inside is neither cropped nor enlarged', async () => {
  const inside = new PictureStore({ mediaDir, folder: 'inside', width: 300, height: 300, fit: 'inside' })
  const size = async (width: number, height: number) => {
    const name = await inside.save(await picture(width, height).png().toBuffer())
    return sharp(await readFile(join(inside.folder, `${name}.webp`))).metadata()
  }
  expect(await size(600, 300)).toMatchObject({ width: 300, height: 150 })
  expect(await size(40, 20)).toMatchObject({ width: 40, height: 20 })
})
