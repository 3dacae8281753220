// What kind of effect an upload is, by its bytes alone.
import type { GiftEffect } from '../../contract/gifts.ts'
import { AppError } from '../../core/AppError.ts'
import { checkLottie } from './checkLottie.ts'
import { checkSvga } from './checkSvga.ts'

export type RecognisedEffect = { readonly kind: Exclude<GiftEffect, 'none'>; readonly extension: 'json' | 'svga' | 'webm' | 'mp4'; /** Null: a video's length is the operator's word. */ readonly durationMs: number | null }

const EBML = Buffer.from([0x1a, 0x45, 0xdf, 0xa3])

/** @throws AppError bad-effect saying what is wrong with it */
export function recogniseEffect(file: Buffer): RecognisedEffect {
  try {
    // RFC 8794: the document type stands in the head.
    if (file.subarray(0, 4).equals(EBML)) {
      if (file.subarray(0, 64).includes('webm')) return { kind: 'video', extension: 'webm', durationMs: null }
      throw new Error('of Matroska files only WebM is taken')
    }
    // ISO/IEC 14496-12: the file type box is the first.
    if (file.subarray(4, 8).toString('latin1') === 'ftyp') {
      if (/^(isom|iso[2-6]|mp4[12]|avc1|M4V )/.test(file.subarray(8, 12).toString('latin1'))) return { kind: 'video', extension: 'mp4', durationMs: null }
      throw new Error('of this family of files only MP4 is taken')
    }
    if (file.subarray(0, 2).toString('latin1') === 'PK') throw new Error('SVGA 1 is not taken: save it as SVGA 2')
    if (file[0] === 0x78) return { kind: 'svga', extension: 'svga', durationMs: checkSvga(file) }
    return { kind: 'lottie', extension: 'json', durationMs: checkLottie(file.toString('utf8')) }
  } catch (error) {
    const why = error instanceof SyntaxError || !(error instanceof Error) || 'code' in error ? 'it is neither Lottie, SVGA 2, WebM nor MP4' : error.message
    throw new AppError('bad-effect', { cause: error, message: `The effect cannot be used: ${why}` })
  }
}
