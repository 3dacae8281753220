// New opaque ids: random, so that nothing can be guessed or counted from them.
import { customAlphabet } from 'nanoid'

const generate = customAlphabet('23456789abcdefghijkmnpqrstuvwxyz', 16)

/** A fresh id (80 random bits) of the branded type that is asked for. */
export function newId<T extends string>(): T {
  return generate() as T
}
