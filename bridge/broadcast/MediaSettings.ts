// Where media lies on disk and how it is cut: the part of the settings that pipelines need.
import { join, resolve } from 'node:path'
import type { BroadcastId } from '../../server/contract/ids.ts'
import type { Settings } from '../../server/contract/settings.ts'

export type MediaSettings = { readonly dir: string; readonly segmentSeconds: number; readonly window: number; readonly snapshotSeconds: number }

export function mediaSettings(settings: Settings): MediaSettings {
  return { dir: resolve(settings.MEDIA_DIR), segmentSeconds: settings.HLS_SEGMENT_SECONDS, window: settings.HLS_WINDOW, snapshotSeconds: settings.SNAPSHOT_SECONDS }
}

export function liveFolder({ dir }: MediaSettings, broadcastId: BroadcastId): string {
  return join(dir, 'live', broadcastId)
}

export function recordingFolder({ dir }: MediaSettings, broadcastId: BroadcastId): string {
  return join(dir, 'recordings', broadcastId)
}
