// mediasoup's parameters as they travel: checked for shape and size here, for meaning by mediasoup itself.
import { z } from 'zod'

const record = z.record(z.string(), z.unknown())
export const dtlsParametersSchema = z.object({
  role: z.enum(['auto', 'client', 'server']).optional(),
  fingerprints: z.array(z.object({ algorithm: z.enum(['sha-1', 'sha-224', 'sha-256', 'sha-384', 'sha-512']), value: z.string().max(300) })).min(1).max(10),
})
export const rtpCapabilitiesSchema = z.object({ codecs: z.array(record).max(64).optional(), headerExtensions: z.array(record).max(64).optional() })
export const rtpParametersSchema = z.object({
  mid: z.string().max(32).optional(),
  codecs: z.array(record).min(1).max(16),
  headerExtensions: z.array(record).max(32).optional(),
  encodings: z.array(record).max(8).optional(),
  rtcp: record.optional(),
  msid: z.string().max(300).optional(),
})

export type DtlsParametersDto = z.infer<typeof dtlsParametersSchema>
export type RtpCapabilitiesDto = z.infer<typeof rtpCapabilitiesSchema>
export type RtpParametersDto = z.infer<typeof rtpParametersSchema>

/** What mediasoup-client's `createSendTransport`/`createRecvTransport` takes; candidates and parameters are passed through. */
export type TransportDto = {
  readonly id: string
  readonly iceParameters: { usernameFragment: string; password: string; iceLite?: boolean }
  readonly iceCandidates: readonly Record<string, unknown>[]
  readonly dtlsParameters: DtlsParametersDto
}

export type ConsumerDto = {
  readonly id: string
  readonly producerId: string
  readonly kind: 'audio' | 'video'
  readonly rtpParameters: RtpParametersDto
  /** Simulcast layers of the source; 1 for a plain stream. */
  readonly layers: number
}
