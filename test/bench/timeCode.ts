// A clock that is part of the picture: 32 black or white blocks along the top hold the low 32 bits of the time in milliseconds.

export const WIDTH = 640
export const HEIGHT = 360
const BITS = 32
const BLOCK_WIDTH = WIDTH / BITS
const BLOCK_HEIGHT = 48
const BLACK = 16
const WHITE = 235

/** One yuv420p frame: the code on top of a slowly moving grey, so that the encoder has something to do. */
export function timeCodeFrame(timeMs: number, index: number): Buffer {
  const frame = Buffer.alloc((WIDTH * HEIGHT * 3) / 2, 128)
  for (let y = 0; y < HEIGHT; y += 1) frame.fill(60 + ((y + index * 2) % 120), y * WIDTH, (y + 1) * WIDTH)
  const code = timeMs % 2 ** BITS
  for (let bit = 0; bit < BITS; bit += 1) {
    const value = Math.floor(code / 2 ** (BITS - 1 - bit)) % 2 === 1 ? WHITE : BLACK
    for (let y = 0; y < BLOCK_HEIGHT; y += 1) frame.fill(value, y * WIDTH + bit * BLOCK_WIDTH, y * WIDTH + (bit + 1) * BLOCK_WIDTH)
  }
  return frame
}

/** Runs in a host's page before its scripts: camera and microphone become the code and a tone. */
export function becomeTimeCodeCamera(): void {
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 360
  const context = canvas.getContext('2d')
  const draw = (): void => {
    if (context) {
      context.fillStyle = `hsl(${Math.floor(performance.now() / 20) % 360} 30% 40%)`
      context.fillRect(0, 0, 640, 360)
      const code = Date.now() % 2 ** 32
      for (let bit = 0; bit < 32; bit += 1) {
        context.fillStyle = Math.floor(code / 2 ** (31 - bit)) % 2 === 1 ? 'white' : 'black'
        context.fillRect(bit * 20, 0, 20, 48)
      }
    }
    requestAnimationFrame(draw)
  }
  draw()
  const video = canvas.captureStream(30)
  Object.defineProperty(navigator.mediaDevices, 'getUserMedia', {
    value: (wanted: MediaStreamConstraints) => {
      const audio = new AudioContext()
      const tone = audio.createOscillator()
      const sink = audio.createMediaStreamDestination()
      tone.connect(sink)
      tone.start()
      const tracks = [...(wanted.video ? video.getVideoTracks().map((track) => track.clone()) : []), ...(wanted.audio ? sink.stream.getAudioTracks() : [])]
      return Promise.resolve(new MediaStream(tracks))
    },
  })
}

/** Runs in a viewer's page: reads the code of each presented frame. @returns delays in milliseconds */
export async function readDelays({ samples, limitMs }: { samples: number; limitMs: number }): Promise<number[]> {
  const video = document.querySelector<HTMLVideoElement>('[data-testid="player-video"]')
  const canvas = document.createElement('canvas')
  canvas.width = 640
  canvas.height = 48
  const context = canvas.getContext('2d', { willReadFrequently: true })
  if (!video || !context) return []
  const delays: number[] = []
  await new Promise<void>((resolve) => {
    setTimeout(resolve, limitMs)
    const look = (): void => {
      const now = Date.now()
      context.drawImage(video, 0, 0, video.videoWidth, (video.videoHeight * 48) / 360, 0, 0, 640, 48)
      const pixels = context.getImageData(0, 24, 640, 1).data
      let code = 0
      for (let bit = 0; bit < 32; bit += 1) code = code * 2 + ((pixels[(bit * 20 + 10) * 4] ?? 0) > 128 ? 1 : 0)
      const delay = ((now % 2 ** 32) - code + 2 ** 32) % 2 ** 32
      if (delay < 60_000) delays.push(delay)
      if (delays.length >= samples) return resolve()
      video.requestVideoFrameCallback(look)
    }
    video.requestVideoFrameCallback(look)
  })
  return delays
}
