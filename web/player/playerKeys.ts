// Which key does what in the player, for the watch page and replays alike.

export type PlayerCommand =
  | { readonly type: 'toggle-play' | 'toggle-mute' | 'toggle-fullscreen' | 'toggle-theatre' | 'toggle-pip' | 'toggle-danmaku' }
  | { readonly type: 'change-volume'; readonly by: number }
  | { readonly type: 'seek'; readonly bySeconds: number }

const VOLUME_STEP = 0.05
const SEEK_SECONDS = 5

type Pressed = { readonly key: string; readonly ctrlKey: boolean; readonly metaKey: boolean; readonly altKey: boolean }

/** @returns null for keys that are not the player's, and for every combination that is the browser's. */
export function playerKeys({ key, ctrlKey, metaKey, altKey }: Pressed, { seekable }: { readonly seekable: boolean }): PlayerCommand | null {
  if (ctrlKey || metaKey || altKey) return null
  switch (key.toLowerCase()) {
    case ' ':
    case 'k':
      return { type: 'toggle-play' }
    case 'm':
      return { type: 'toggle-mute' }
    case 'f':
      return { type: 'toggle-fullscreen' }
    case 't':
      return { type: 'toggle-theatre' }
    case 'p':
      return { type: 'toggle-pip' }
    case 'd':
      return { type: 'toggle-danmaku' }
    case 'arrowup':
      return { type: 'change-volume', by: VOLUME_STEP }
    case 'arrowdown':
      return { type: 'change-volume', by: -VOLUME_STEP }
    case 'arrowleft':
      return seekable ? { type: 'seek', bySeconds: -SEEK_SECONDS } : { type: 'change-volume', by: -VOLUME_STEP }
    case 'arrowright':
      return seekable ? { type: 'seek', bySeconds: SEEK_SECONDS } : { type: 'change-volume', by: VOLUME_STEP }
    default:
      return null
  }
}
