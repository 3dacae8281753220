// Passwords are kept as argon2id hashes and never compared by us.
import { hash, verify } from '@node-rs/argon2'

/** OWASP's argon2id parameters: 19 MiB, 2 passes, 1 lane. */
const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }

/** @returns an encoded argon2id hash with its own salt. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, options)
}

let decoy: Promise<string> | undefined

/**
 * Compares in the same time whether or not there is an account.
 * @param encoded the stored hash; undefined for an unknown account: the answer is then false after the same work.
 */
export async function passwordMatches(encoded: string | undefined, password: string): Promise<boolean> {
  decoy ??= hashPassword('no account has this password')
  const matches = await verify(encoded ?? (await decoy), password)
  return matches && encoded !== undefined
}
