// Plays an SVGA animation on a canvas; its parser works in a thread of its own.
import { Parser, Player } from 'svga'
import type { EffectPlayer } from './playEffect.ts'

export const playSvga: EffectPlayer = async ({ root, url }) => {
  const canvas = document.createElement('canvas')
  const parser = new Parser()
  try {
    const file = await parser.load(new URL(url, location.href).href)
    const player = new Player({ container: canvas, loop: 1 })
    await player.mount(file)
    root.append(canvas)
    const ended = new Promise<void>((resolve) => (player.onEnd = () => resolve()))
    player.start()
    return {
      ended,
      close: () => {
        player.destroy()
        canvas.remove()
      },
    }
  } finally {
    parser.destroy()
  }
}
