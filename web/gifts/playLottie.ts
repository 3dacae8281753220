// Plays a Lottie animation by lottie-web's light build, which evaluates no code of the file.
import lottie from 'lottie-web/build/player/lottie_light.js'
import type { EffectPlayer } from './playEffect.ts'

export const playLottie: EffectPlayer = async ({ root, url, signal }) => {
  const response = await fetch(url, { signal })
  if (!response.ok) throw new Error(`The effect is not there: ${response.status}.`)
  const animationData: unknown = await response.json()
  const animation = lottie.loadAnimation({ container: root, renderer: 'svg', loop: false, autoplay: true, animationData, rendererSettings: { progressiveLoad: true, hideOnTransparent: true, preserveAspectRatio: 'xMidYMid slice' } })
  const ended = new Promise<void>((resolve, reject) => {
    animation.addEventListener('complete', () => resolve())
    animation.addEventListener('data_failed', () => reject(new Error('The effect cannot be read.')))
  })
  return { ended, close: () => animation.destroy() }
}
