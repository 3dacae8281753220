// Draws the picture that people pass on: cover, title, host and a QR code, as one portrait image.
import { readFile } from 'node:fs/promises'
import QRCode from 'qrcode'
import sharp from 'sharp'
import { escapeHtml } from './escapeHtml.ts'
import { shareWords } from './shareWords.ts'
import type { ShareLanguage } from './shareWords.ts'
import type { DrawableSubject } from './ShareSubjects.ts'
import { widthOf, wrapTitle } from './wrapTitle.ts'

export const POSTER_WIDTH = 900
export const POSTER_HEIGHT = 1200
const COVER_HEIGHT = 506
const MARGIN = 48
const QR = 208
const TITLE_SIZE = 54
const SECONDS = 10
const FONTS = "'Noto Sans CJK SC','Noto Sans SC','PingFang SC','DejaVu Sans',sans-serif"

export type PosterOptions = { readonly subject: DrawableSubject; /** Where the QR code leads. */ readonly url: string; readonly language: ShareLanguage; readonly format: 'jpg' | 'png' }

/** A poster of 900x1200. A cover or avatar that cannot be read is left out. */
export async function drawPoster({ subject, url, language, format }: PosterOptions): Promise<Buffer> {
  const [cover, avatar] = await Promise.all([fitted(subject.pictureFile, POSTER_WIDTH, COVER_HEIGHT), fitted(subject.avatarFile, 88, 88)])
  const round = avatar && (await sharp(avatar).composite([{ input: Buffer.from('<svg width="88" height="88"><circle cx="44" cy="44" r="44"/></svg>'), blend: 'dest-in' }]).png().toBuffer())
  const image = sharp({ create: { width: POSTER_WIDTH, height: POSTER_HEIGHT, channels: 3, background: '#0f1114' } })
    .composite([
      ...(cover ? [{ input: cover, top: 0, left: 0 }] : []),
      { input: Buffer.from(drawing(subject, { url, language, bare: !cover })), top: 0, left: 0 },
      ...(round ? [{ input: round, top: 812, left: MARGIN }] : []),
    ])
    .timeout({ seconds: SECONDS })
  return format === 'png' ? image.png({ palette: true }).toBuffer() : image.jpeg({ quality: 86, chromaSubsampling: '4:4:4' }).toBuffer()
}

async function fitted(file: string | null, width: number, height: number): Promise<Buffer | null> {
  if (file === null) return null
  try {
    return await sharp(await readFile(file)).resize(width, height, { fit: 'cover' }).png().toBuffer()
  } catch {
    return null
  }
}

function drawing({ title, owner, category, kind, live }: DrawableSubject, { url, language, bare }: { url: string; language: ShareLanguage; bare: boolean }): string {
  const words = shareWords[language]
  const text = (at: { x: number; y: number; size: number; fill?: string; weight?: number }, content: string) =>
    `<text x="${at.x}" y="${at.y}" font-size="${at.size}" fill="${at.fill ?? '#eceef1'}" font-weight="${at.weight ?? 400}">${escapeHtml(content)}</text>`
  const fit = (content: string, size: number, width: number) => wrapTitle(content, { width: width / size, lines: 1 }).join('')
  const wide = POSTER_WIDTH - 2 * MARGIN
  const left = wide - QR - 32
  const badge = kind === 'replay' ? words.replay : live ? words.live : null
  const badgeWidth = badge === null ? 0 : widthOf(badge) * 28 + 70
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${POSTER_WIDTH}" height="${POSTER_HEIGHT}" font-family="${FONTS}">
    <defs>
      <linearGradient id="fade" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#0f1114" stop-opacity="0"/><stop offset="1" stop-color="#0f1114"/></linearGradient>
      <radialGradient id="glow" cx="0.5" cy="1.1" r="0.9"><stop offset="0" stop-color="#f5b14c" stop-opacity="0.42"/><stop offset="1" stop-color="#1d2127"/></radialGradient>
    </defs>
    ${bare ? `<rect width="${POSTER_WIDTH}" height="${COVER_HEIGHT}" fill="url(#glow)"/>${logo(370, 150, 5)}` : ''}
    <rect y="${COVER_HEIGHT - 200}" width="${POSTER_WIDTH}" height="201" fill="url(#fade)"/>
    ${badge === null ? '' : `<rect x="${MARGIN}" y="40" width="${badgeWidth}" height="52" rx="10" fill="${live ? '#d93a45' : '#282d35'}"/><circle cx="${MARGIN + 26}" cy="66" r="8" fill="#fff"/>${text({ x: MARGIN + 46, y: 76, size: 28, fill: '#fff', weight: 700 }, badge)}`}
    ${wrapTitle(title, { width: wide / TITLE_SIZE, lines: 3 }).map((line, index) => text({ x: MARGIN, y: COVER_HEIGHT + 78 + index * 74, size: TITLE_SIZE, weight: 700 }, line)).join('')}
    <circle cx="${MARGIN + 44}" cy="856" r="44" fill="#3b424d"/>
    <text x="${MARGIN + 44}" y="871" font-size="42" font-weight="700" text-anchor="middle" fill="#ffc56d">${escapeHtml([...owner].slice(0, 1).join('').toUpperCase())}</text>
    ${text({ x: MARGIN + 112, y: 848, size: 36, weight: 700 }, fit(owner, 36, wide - 112))}
    ${text({ x: MARGIN + 112, y: 892, size: 27, fill: '#aab1bc' }, category)}
    <line x1="${MARGIN}" x2="${POSTER_WIDTH - MARGIN}" y1="928" y2="928" stroke="#2a2f37" stroke-width="2"/>
    ${logo(MARGIN, 962, 1.9)}
    ${text({ x: MARGIN + 74, y: 1008, size: 42, weight: 700 }, 'Footlight')}
    ${text({ x: MARGIN, y: 1086, size: 32, fill: '#f5b14c', weight: 700 }, words.scan)}
    ${text({ x: MARGIN, y: 1132, size: 24, fill: '#858d99' }, fit(url.replace(/^https?:\/\//, ''), 24, left))}
    ${qrCode(url, { x: POSTER_WIDTH - MARGIN - QR, y: POSTER_HEIGHT - MARGIN - QR + 8, size: QR })}
  </svg>`
}

const logo = (x: number, y: number, scale: number): string =>
  `<g transform="translate(${x} ${y}) scale(${scale})" fill="none" stroke="#f5b14c" stroke-width="3" stroke-linecap="round"><path d="M5 24.5h22"/><path d="M10 19 7 9M16 18V7M22 19l3-10"/></g>`

/** Black on white with the quiet zone that readers ask for, as one path. */
function qrCode(url: string, { x, y, size }: { x: number; y: number; size: number }): string {
  const { modules } = QRCode.create(url, { errorCorrectionLevel: 'M' })
  const quiet = 3
  const cells = [...modules.data].map((dark, index) => (dark ? `M${(index % modules.size) + quiet} ${Math.floor(index / modules.size) + quiet}h1v1h-1z` : '')).join('')
  return `<g transform="translate(${x} ${y})"><rect width="${size}" height="${size}" rx="14" fill="#fff"/><path transform="scale(${size / (modules.size + 2 * quiet)})" d="${cells}" fill="#000"/></g>`
}
