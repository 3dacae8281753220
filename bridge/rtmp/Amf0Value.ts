// The shape of AMF0 data once decoded, shared by the decoder, the encoder and the command schemas.

/** A decoded AMF0 object, ECMA array or typed object; it has no prototype, so hostile keys such as `__proto__` are plain keys. */
export type Amf0Object = { [key: string]: Amf0Value }

/** Any AMF0 value this server reads or writes (AMF0 specification, section 2). */
export type Amf0Value = number | boolean | string | null | undefined | Date | Amf0Object | Amf0Value[]
