// Codes that open an account once: random enough that a plain hash keeps them.
import { createHash } from 'node:crypto'
import { newId } from '../core/newId.ts'

/** A fresh code of 16 characters (80 random bits), in groups of four for the eye. */
export function newSecretCode(): string {
  return (newId().match(/.{4}/g) ?? []).join('-')
}

/** What is stored of it. @param code with or without its dashes */
export function hashSecretCode(code: string): Buffer {
  return createHash('sha256').update(code.replaceAll('-', '')).digest()
}
