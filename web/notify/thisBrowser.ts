// Web Push of this one browser: whether it can, whether it does, and turning it on and off. Nothing is registered unasked.
import { notifyApi } from './notifyApi.ts'

export type PushState = 'unsupported' | 'denied' | 'off' | 'on'

const WORKER = '/push-worker.js'
const supported = () => isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window

const subscriptionOf = async (): Promise<PushSubscription | null> => (await (await navigator.serviceWorker.getRegistration(WORKER))?.pushManager.getSubscription()) ?? null

export async function pushState(): Promise<PushState> {
  if (!supported()) return 'unsupported'
  if (Notification.permission === 'denied') return 'denied'
  return (await subscriptionOf()) === null ? 'off' : 'on'
}

function bytesOf(base64url: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64url.replaceAll('-', '+').replaceAll('_', '/'))
  return Uint8Array.from(text, (letter) => letter.charCodeAt(0))
}

/** Asks the person, the browser's push service and the server, in that order. @throws RequestFailed, or the browser's own error */
export async function turnPushOn(): Promise<PushState> {
  if (!supported()) return 'unsupported'
  if ((await Notification.requestPermission()) !== 'granted') return pushState()
  const { publicKey } = await notifyApi.pushKey()
  const registration = await navigator.serviceWorker.register(WORKER)
  await navigator.serviceWorker.ready
  const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(publicKey) })
  const { endpoint, keys } = subscription.toJSON()
  try {
    await notifyApi.subscribe({ endpoint: endpoint ?? '', keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' } })
  } catch (thrown) {
    await subscription.unsubscribe()
    throw thrown
  }
  return 'on'
}

/** @throws RequestFailed */
export async function turnPushOff(): Promise<PushState> {
  if (!supported()) return 'unsupported'
  const subscription = await subscriptionOf()
  if (subscription !== null) {
    await notifyApi.unsubscribe(subscription.endpoint)
    await subscription.unsubscribe()
  }
  return 'off'
}
