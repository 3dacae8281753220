// lottie-web's light build is CommonJS that the type checker takes for something with a `default` inside: what it really is.
declare module 'lottie-web/build/player/lottie_light.js' {
  import type { LottiePlayer } from 'lottie-web'
  const lottie: LottiePlayer
  export default lottie
}
