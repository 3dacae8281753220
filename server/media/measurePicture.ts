// Reads a picture's size from the stream itself, for clients that do not tell it (WHIP).
import type { Router } from 'mediasoup/types'
import { routerRtpCapabilities } from '../../worker-config/routerRtpCapabilities.ts'
import { keepHighestLayer } from './keepHighestLayer.ts'
import { pictureSize } from './pictureSize.ts'
import type { PictureSize } from './pictureSize.ts'
import type { Source } from './Source.ts'

/** Keyframes are asked for at once; who sends none in this time is not measured. */
const PATIENCE_MS = 4_000
/** Time that larger simulcast layers are given after the first was seen. */
const MORE_LAYERS_MS = 1_500
const NOTHING: PictureSize = { width: 0, height: 0 }

/** @returns the size of the largest layer that soon flows, 0x0 when none was seen in time */
export async function measurePicture({ router, source }: { router: Router; source: Source }): Promise<PictureSize> {
  if (source.kind !== 'video' || source.producer.closed) return NOTHING
  const transport = await router.createDirectTransport()
  const enough = Promise.withResolvers<void>()
  let timer = setTimeout(enough.resolve, PATIENCE_MS)
  let largest = NOTHING
  try {
    const consumer = await transport.consume({ producerId: source.producer.id, rtpCapabilities: structuredClone(routerRtpCapabilities), paused: true, enableRtx: false })
    const layer = source.layers - 1
    consumer.on('rtp', (packet) => {
      const size = pictureSize(source.codec, packet)
      if (size === undefined || size.width <= largest.width) return
      const first = largest === NOTHING
      largest = size
      if (layer === 0 || consumer.currentLayers?.spatialLayer === layer) return enough.resolve()
      if (!first) return
      clearTimeout(timer)
      timer = setTimeout(enough.resolve, MORE_LAYERS_MS)
    })
    consumer.observer.once('close', () => enough.resolve())
    keepHighestLayer({ consumer, layer, everyMs: 250, onError: () => enough.resolve() })
    await consumer.resume()
    await enough.promise
    return largest
  } finally {
    clearTimeout(timer)
    transport.close()
  }
}
