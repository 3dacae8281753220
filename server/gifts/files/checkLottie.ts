// Whether a Lottie animation may be played in everybody's page: bounded, and nothing in it that runs or is fetched.

const MAX_LAYERS = 400
const MAX_NODES = 200_000
const MAX_DEPTH = 60
const MAX_SIDE = 4096
const MAX_FPS = 120
/** What stands in the file itself. */
const EMBEDDED = /^data:image\/(png|jpeg|webp);base64,[\w+/=\s]+$/

export const MAX_EFFECT_MS = 20_000

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const within = (value: unknown, low: number, high: number): value is number => typeof value === 'number' && value >= low && value <= high

/** @returns how long it plays, in ms. @throws Error saying what is wrong with it */
export function checkLottie(text: string): number {
  const root: unknown = JSON.parse(text)
  if (!isFields(root) || typeof root['v'] !== 'string' || !Array.isArray(root['layers'])) throw new Error('it is not a Lottie animation')
  const { fr, ip, op, w, h } = root
  if (!within(fr, 1, MAX_FPS) || !within(ip, -1e6, 1e6) || !within(op, -1e6, 1e6)) throw new Error('its frames are not countable')
  if (!within(w, 1, MAX_SIDE) || !within(h, 1, MAX_SIDE)) throw new Error(`its sides must be at most ${MAX_SIDE}`)
  const durationMs = Math.round(((op - ip) / fr) * 1000)
  if (durationMs <= 0 || durationMs > MAX_EFFECT_MS) throw new Error(`it must play at most ${MAX_EFFECT_MS / 1000} s`)
  checkAssets(root['assets'])
  checkFonts(root['fonts'])
  checkTree(root)
  return durationMs
}

/** Pictures are in the file; everything else is made of layers. */
function checkAssets(assets: unknown): void {
  if (assets === undefined) return
  if (!Array.isArray(assets)) throw new Error('its assets are no list')
  for (const asset of assets) {
    if (!isFields(asset)) throw new Error('an asset is not readable')
    if (Array.isArray(asset['layers'])) continue
    if (typeof asset['p'] !== 'string' || !EMBEDDED.test(asset['p'])) throw new Error('its pictures must be embedded')
  }
}

function checkFonts(fonts: unknown): void {
  if (fonts === undefined) return
  const list = isFields(fonts) && Array.isArray(fonts['list']) ? (fonts['list'] as unknown[]) : []
  if (list.some((font) => isFields(font) && font['fPath'])) throw new Error('its fonts must not be fetched')
}

/** An expression is a program: the text `x` of an animated value. */
function checkTree(root: Fields): void {
  let nodes = 0
  let layers = 0
  const waiting: Array<{ value: unknown; depth: number }> = [{ value: root, depth: 0 }]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { value, depth } = next
    if ((nodes += 1) > MAX_NODES || depth > MAX_DEPTH) throw new Error('it is too large')
    if (typeof value !== 'object' || value === null) continue
    if (isFields(value)) {
      if (typeof value['x'] === 'string') throw new Error('it has expressions')
      if (Array.isArray(value['layers']) && (layers += value['layers'].length) > MAX_LAYERS) throw new Error(`it has more than ${MAX_LAYERS} layers`)
    }
    for (const inner of Object.values(value)) waiting.push({ value: inner, depth: depth + 1 })
  }
}
