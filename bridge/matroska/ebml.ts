// The few EBML building blocks (RFC 8794) that a live Matroska stream needs.

/** The size that means "until the parent ends", as live streams write it. */
export const UNKNOWN_SIZE = Buffer.from([0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])

/** An element with its id, size and content. */
export function element(id: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([elementId(id), elementSize(body.length), body])
}

/** The start of a master element whose end is open. */
export function openElement(id: number): Buffer {
  return Buffer.concat([elementId(id), UNKNOWN_SIZE])
}

export function unsigned(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(value))
  const first = bytes.findIndex((byte) => byte !== 0)
  return element(id, bytes.subarray(first === -1 ? 7 : first))
}

export function float(id: number, value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleBE(value)
  return element(id, bytes)
}

export function text(id: number, value: string): Buffer {
  return element(id, Buffer.from(value))
}

function elementId(id: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(id)
  return bytes.subarray(bytes.findIndex((byte) => byte !== 0))
}

/** Always four bytes long: up to 256 MiB, more than any tag. */
function elementSize(size: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE((0x1000_0000 | size) >>> 0)
  return bytes
}
