// Every way a request can fail, with the HTTP status it becomes; pages translate the code, never the message.
export const errorStatus = {
  'bad-request': 400,
  'signature-wrong': 400,
  'insufficient-funds': 402,
  'ticket-needed': 402,
  'not-logged-in': 401,
  'wrong-password': 401,
  'wrong-stream-key': 401,
  'internal-secret-wrong': 401,
  'code-wrong': 401,
  'playback-token-wrong': 401,
  forbidden: 403,
  'origin-refused': 403,
  'account-disabled': 403,
  'kept-out': 403,
  muted: 403,
  'chat-off': 403,
  'followers-only': 403,
  'guards-only': 403,
  'emote-only': 403,
  'links-refused': 403,
  'word-refused': 403,
  blocked: 403,
  'messages-refused': 403,
  'wallet-locked': 403,
  'name-unverified': 403,
  'payments-off': 403,
  'not-found': 404,
  'gift-not-found': 404,
  'packet-not-found': 404,
  'package-not-found': 404,
  'order-not-found': 404,
  'goods-not-found': 404,
  'withdrawal-not-found': 404,
  'transfer-not-found': 404,
  'channel-not-found': 404,
  'broadcast-not-found': 404,
  'publish-not-found': 404,
  'replay-not-found': 404,
  'session-not-found': 404,
  'channel-offline': 404,
  'user-not-found': 404,
  'message-not-found': 404,
  'report-not-found': 404,
  'show-not-found': 404,
  'conversation-not-found': 404,
  'method-not-allowed': 405,
  'not-acceptable': 406,
  'name-taken': 409,
  'channel-exists': 409,
  'offer-expected': 409,
  'too-late': 409,
  'message-repeated': 409,
  'too-many-moderators': 409,
  'limit-reached': 409,
  'key-reused': 409,
  'price-changed': 409,
  'off-sale': 409,
  'own-channel': 409,
  'already-claimed': 409,
  'state-changed': 409,
  'sold-out': 409,
  'not-today': 409,
  'below-minimum': 409,
  'month-used-up': 409,
  'payee-missing': 409,
  'second-person-needed': 409,
  'too-large': 413,
  'unsupported-media-type': 415,
  'unsupported-codecs': 406,
  'bad-image': 422,
  'bad-effect': 422,
  'too-many-requests': 429,
  'slow-mode': 429,
  internal: 500,
  'media-unavailable': 503,
  'bridge-unavailable': 503,
  'mail-unavailable': 503,
  'provider-unavailable': 503,
  unavailable: 503,
  draining: 503,
} as const

export type ErrorCode = keyof typeof errorStatus

/** What a failed HTTP request or socket call is answered with. */
export type ErrorBody = {
  readonly error: {
    readonly code: ErrorCode
    /** English, for logs and API users. */
    readonly message: string
    /** Seconds to wait, with `too-many-requests`. */
    readonly retryAfter?: number
    /** Per-field messages, with `bad-request`. */
    readonly fields?: Readonly<Record<string, string>>
  }
}

/** The answer to every Socket.IO call that has one. */
export type Reply<T> = { readonly ok: true; readonly data: T } | ({ readonly ok: false } & ErrorBody)
