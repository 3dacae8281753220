// A client's offer, reduced to what WHIP and WHEP decide by.
import type { DtlsParametersDto } from '../../contract/media.ts'

export type Feedback = { readonly type: string; readonly parameter: string }

export type OfferedCodec = {
  readonly payloadType: number
  /** Lower case, such as `h264`. */
  readonly name: string
  readonly clockRate: number
  /** 1 where the offer says nothing. */
  readonly channels: number
  readonly fmtp: Readonly<Record<string, string>>
  readonly feedback: readonly Feedback[]
}

export type OfferedExtension = { readonly id: number; readonly uri: string }

/** `params`: the restrictions of its `a=rid` line. */
export type OfferedRid = { readonly rid: string; readonly params: string }

export type OfferedSection = {
  /** `audio`, `video`, `application`, … */
  readonly type: string
  readonly mid: string
  readonly protocol: string
  readonly direction: 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'
  /** The client itself took this section out (port 0 and not bundle-only). */
  readonly rejected: boolean
  /** The payload list of the m-line, repeated when the section is refused. */
  readonly payloads: string
  /** In the client's order of preference. */
  readonly codecs: readonly OfferedCodec[]
  readonly extensions: readonly OfferedExtension[]
  /** Simulcast streams the client would send, as listed, those it paused left out; empty without simulcast. */
  readonly sendRids: readonly OfferedRid[]
  /** First the stream's own SSRC, then its RTX's; empty where the offer names none. */
  readonly ssrcs: readonly number[]
  readonly cname: string | undefined
}

export type SdpOffer = {
  readonly sections: readonly OfferedSection[]
  /** Ids of the sections that share one transport. */
  readonly bundle: readonly string[]
  readonly dtlsParameters: DtlsParametersDto
  /** What the answer says: `passive` unless the client insists on being passive itself. */
  readonly answerSetup: 'passive' | 'active'
  readonly ice: { readonly usernameFragment: string; readonly password: string }
  readonly extmapAllowMixed: boolean
}
