// mediasoup-client with our routers' capabilities, in a chunk of its own that pages ask for before they need it.
import { Device } from 'mediasoup-client'
import { routerRtpCapabilities } from '../../worker-config/routerRtpCapabilities.ts'

/** @throws UnsupportedError when this browser has no WebRTC that mediasoup-client knows. */
export async function loadDevice(): Promise<Device> {
  const device = await Device.factory()
  await device.load({ routerRtpCapabilities: structuredClone(routerRtpCapabilities) as Parameters<Device['load']>[0]['routerRtpCapabilities'] })
  return device
}
