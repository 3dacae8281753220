// The host's camera or screen and microphone: opened as the settings say, swapped when they change, closed at the end.
import { captureProblem } from './captureProblem.ts'
import type { CaptureProblem } from './captureProblem.ts'
import { mixAudio } from './mixAudio.ts'
import type { MixedAudio } from './mixAudio.ts'
import { resolutionOf } from './studioSettings.ts'
import type { StudioSettings } from './studioSettings.ts'

export type LocalMediaSnapshot = {
  readonly video: MediaStreamTrack | null
  readonly audio: MediaStreamTrack | null
  readonly cameras: readonly MediaDeviceInfo[]
  readonly microphones: readonly MediaDeviceInfo[]
  readonly asking: boolean
  readonly problem: CaptureProblem | null
  /** The host ended sharing, or has to choose a screen first. */
  readonly needsScreen: boolean
}

export const noMedia: LocalMediaSnapshot = { video: null, audio: null, cameras: [], microphones: [], asking: false, problem: null, needsScreen: false }

const cameraKey = ({ picture, cameraId, resolution }: StudioSettings) => (picture === 'camera' ? `camera ${cameraId} ${resolution}` : '')
const microphoneKey = ({ microphoneId, music }: StudioSettings) => (microphoneId === 'none' ? '' : `${microphoneId} ${music}`)

export class LocalMedia {
  readonly #onChange: (snapshot: LocalMediaSnapshot) => void
  #snapshot: LocalMediaSnapshot = noMedia
  #camera: MediaStreamTrack | null = null
  #screen: MediaStream | null = null
  #microphone: MediaStreamTrack | null = null
  #mixed: MixedAudio | null = null
  #openCamera = ''
  #openCameraId = ''
  #openMicrophone = ''
  #settings: StudioSettings | null = null
  #queue: Promise<void> = Promise.resolve()
  #closed = false

  constructor(onChange: (snapshot: LocalMediaSnapshot) => void) {
    this.#onChange = onChange
    if (navigator.mediaDevices !== undefined) navigator.mediaDevices.addEventListener('devicechange', this.#devicesChanged)
  }

  /** Opens and closes what the settings ask for, one change after the other. */
  apply(settings: StudioSettings): Promise<void> {
    this.#settings = settings
    this.#queue = this.#queue.then(() => (this.#closed || this.#settings !== settings ? undefined : this.#apply(settings)))
    return this.#queue
  }

  /** Must come from a click: browsers show their own chooser. */
  async chooseScreen(settings: StudioSettings): Promise<void> {
    const { width, height } = resolutionOf(settings)
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: { width: { max: width }, height: { max: height }, frameRate: { ideal: 30, max: 30 } }, audio: settings.screenAudio })
      const former = this.#screen
      this.#screen = stream
      stopAll(former?.getTracks())
      stream.getVideoTracks()[0]?.addEventListener('ended', () => {
        if (this.#screen !== stream) return
        this.#screen = null
        this.#publish({})
      })
      this.#publish({ problem: null })
    } catch (thrown) {
      // Pressing "cancel" in the chooser is no problem.
      const name = thrown instanceof DOMException ? thrown.name : ''
      if (name !== 'NotAllowedError') this.#publish({ problem: captureProblem({ name, secure: window.isSecureContext }) })
    }
  }

  /** Tries again what failed. */
  retry(): Promise<void> {
    this.#openCamera = ''
    this.#openMicrophone = ''
    return this.#settings === null ? Promise.resolve() : this.apply({ ...this.#settings })
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    if (navigator.mediaDevices !== undefined) navigator.mediaDevices.removeEventListener('devicechange', this.#devicesChanged)
    stopAll([this.#camera, this.#microphone, ...(this.#screen?.getTracks() ?? [])])
    this.#mixed?.close()
  }

  async #apply(settings: StudioSettings): Promise<void> {
    if (navigator.mediaDevices === undefined) return this.#publish({ problem: 'insecure' })
    const wantCamera = cameraKey(settings)
    const wantMicrophone = microphoneKey(settings)
    let needCamera = wantCamera !== '' && wantCamera !== this.#openCamera
    const needMicrophone = wantMicrophone !== '' && wantMicrophone !== this.#openMicrophone
    if (wantCamera === '') {
      stopAll([this.#camera])
      this.#camera = null
      this.#openCamera = ''
    }
    if (wantMicrophone === '') {
      stopAll([this.#microphone])
      this.#microphone = null
      this.#openMicrophone = ''
    }
    if (settings.picture !== 'screen') {
      stopAll(this.#screen?.getTracks())
      this.#screen = null
    }
    if (needCamera && (await this.#resizeCamera(settings))) needCamera = false
    if (!needCamera && !needMicrophone) return this.#publish({})
    this.#publish({ asking: true, problem: null })
    const problem = await this.#open(settings, needCamera, needMicrophone)
    await this.#listDevices()
    this.#publish({ asking: false, problem })
  }

  /** Another resolution of the same camera: a second track of it would get no more pixels than the first asked for. */
  async #resizeCamera(settings: StudioSettings): Promise<boolean> {
    const camera = this.#camera
    if (camera === null || camera.readyState !== 'live' || this.#openCameraId !== settings.cameraId) return false
    try {
      await camera.applyConstraints(videoConstraints(settings))
    } catch {
      return false
    }
    this.#openCamera = cameraKey(settings)
    return true
  }

  /** Both in one question if both are needed; apart when one of them is missing. */
  async #open(settings: StudioSettings, camera: boolean, microphone: boolean): Promise<CaptureProblem | null> {
    const video = camera ? videoConstraints(settings) : false
    const audio = microphone ? audioConstraints(settings) : false
    try {
      this.#took(settings, await navigator.mediaDevices.getUserMedia({ video, audio }))
      return null
    } catch (thrown) {
      const problem = captureProblem({ name: thrown instanceof DOMException ? thrown.name : '', secure: window.isSecureContext })
      if (problem === 'denied' || !camera || !microphone) return problem
    }
    const first = await this.#open(settings, true, false)
    const second = await this.#open(settings, false, true)
    return first ?? second
  }

  #took(settings: StudioSettings, stream: MediaStream): void {
    const [camera] = stream.getVideoTracks()
    const [microphone] = stream.getAudioTracks()
    if (camera !== undefined) {
      stopAll([this.#camera])
      this.#camera = camera
      this.#openCamera = cameraKey(settings)
      this.#openCameraId = settings.cameraId
    }
    if (microphone !== undefined) {
      stopAll([this.#microphone])
      this.#microphone = microphone
      this.#openMicrophone = microphoneKey(settings)
    }
    if (this.#closed) stopAll(stream.getTracks())
  }

  async #listDevices(): Promise<void> {
    const devices = await navigator.mediaDevices.enumerateDevices()
    const listed = (kind: MediaDeviceKind) => devices.filter((device) => device.kind === kind && device.deviceId !== '')
    this.#publish({ cameras: listed('videoinput'), microphones: listed('audioinput') })
  }

  readonly #devicesChanged = (): void => {
    void this.#listDevices()
  }

  #audio(): MediaStreamTrack | null {
    const sources = [this.#microphone, this.#screen?.getAudioTracks()[0] ?? null].filter((track) => track !== null)
    const same = this.#mixed !== null && this.#mixed.sources.length === sources.length && sources.every((track) => this.#mixed?.sources.includes(track))
    if (same) return this.#mixed?.track ?? null
    this.#mixed?.close()
    this.#mixed = null
    if (sources.length < 2) return sources[0] ?? null
    this.#mixed = mixAudio(sources)
    return this.#mixed.track
  }

  #publish(patch: Partial<LocalMediaSnapshot>): void {
    if (this.#closed) return
    const picture = this.#settings?.picture ?? 'none'
    const screen = this.#screen?.getVideoTracks()[0] ?? null
    const video = picture === 'screen' ? screen : picture === 'camera' ? this.#camera : null
    if (video !== null) video.contentHint = picture === 'camera' || this.#settings?.screenKind === 'motion' ? 'motion' : 'detail'
    this.#snapshot = { ...this.#snapshot, ...patch, video, audio: this.#audio(), needsScreen: picture === 'screen' && screen === null }
    this.#onChange(this.#snapshot)
  }
}

function stopAll(tracks: readonly (MediaStreamTrack | null)[] | undefined): void {
  for (const track of tracks ?? []) track?.stop()
}

function videoConstraints(settings: StudioSettings): MediaTrackConstraints {
  const { width, height } = resolutionOf(settings)
  return { ...(settings.cameraId === '' ? {} : { deviceId: { exact: settings.cameraId } }), width: { ideal: width }, height: { ideal: height }, frameRate: { ideal: 30 } }
}

/** Music goes through untouched: what cleans a voice would eat an instrument. */
function audioConstraints({ microphoneId, music }: StudioSettings): MediaTrackConstraints {
  return { ...(microphoneId === '' ? {} : { deviceId: { exact: microphoneId } }), echoCancellation: !music, noiseSuppression: !music, autoGainControl: !music, channelCount: { ideal: music ? 2 : 1 } }
}
