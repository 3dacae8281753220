// HTTP-FLV: an endless response that starts at a keyframe.
import type { Response } from 'express'
import type { BroadcastPipeline } from '../broadcast/BroadcastPipeline.ts'

/** A reader whose connection moves no byte for so long is gone, ms. */
const SILENT_MS = 60_000

/** Answers with FLV until the reader or the broadcast goes. */
export function serveFlv(pipeline: BroadcastPipeline, response: Response, onWrite: (bytes: number) => void): void {
  response.writeHead(200, { 'content-type': 'video/x-flv', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  response.socket?.setNoDelay(true)
  response.setTimeout(SILENT_MS, () => response.destroy())
  pipeline.serve(response, onWrite)
}
