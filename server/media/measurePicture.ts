// Reads a picture's size from the stream itself, for clients that do not tell it (WHIP).
import type { Router } from 'mediasoup/types'
import { routerRtpCapabilities } from '../../worker-config/routerRtpCapabilities.ts'
import { pictureSize } from './pictureSize.ts'
import type { PictureSize } from './pictureSize.ts'
import type { Source } from './Source.ts'

/** Keyframes are asked for at once; who sends none in this time is not measured. */
const PATIENCE_MS = 4_000

/** @returns the size of the largest layer that flows, 0x0 when none was seen in time */
export async function measurePicture({ router, source }: { router: Router; source: Source }): Promise<PictureSize> {
  if (source.kind !== 'video' || source.producer.closed) return { width: 0, height: 0 }
  const transport = await router.createDirectTransport()
  let timer: NodeJS.Timeout | undefined
  try {
    const consumer = await transport.consume({ producerId: source.producer.id, rtpCapabilities: structuredClone(routerRtpCapabilities), paused: true, enableRtx: false })
    const measured = Promise.withResolvers<PictureSize>()
    timer = setTimeout(() => measured.resolve({ width: 0, height: 0 }), PATIENCE_MS)
    consumer.on('rtp', (packet) => {
      const size = pictureSize(source.codec, packet)
      if (size !== undefined) measured.resolve(size)
    })
    consumer.observer.once('close', () => measured.resolve({ width: 0, height: 0 }))
    if (source.layers > 1) await consumer.setPreferredLayers({ spatialLayer: source.layers - 1 })
    await consumer.resume()
    return await measured.promise
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}
