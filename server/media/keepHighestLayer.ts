// Holds a consumer without bandwidth feedback at the best simulcast layer there is.
import type { Consumer } from 'mediasoup/types'

/**
 * Without bandwidth estimation a worker looks for a better layer only at certain moments, and may look before the layer's first
 * sender report and never again. Asking once more makes it look.
 */
export function keepHighestLayer({ consumer, layer, everyMs, onError }: { consumer: Consumer; layer: number; everyMs: number; onError: (error: unknown) => void }): void {
  if (consumer.type !== 'simulcast') return
  const timer = setInterval(() => {
    if (!missesLayer({ current: consumer.currentLayers?.spatialLayer, wanted: layer, scores: consumer.score.producerScores })) return
    consumer.setPreferredLayers({ spatialLayer: layer }).catch((error: unknown) => {
      if (!consumer.closed) onError(error)
    })
  }, everyMs)
  consumer.observer.once('close', () => clearInterval(timer))
}

/** @param scores of the source's layers, the smallest first; 0 for one that does not flow */
export function missesLayer({ current = -1, wanted, scores }: { current?: number; wanted: number; scores: readonly number[] }): boolean {
  return scores.some((score, layer) => score > 0 && layer > current && layer <= wanted)
}
