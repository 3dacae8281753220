// Accounts over HTTP: one's profile, password, sessions, e-mail, recovery and farewell.
import { z } from 'zod'
import type { PersonView } from './people.ts'

export const languageSchema = z.enum(['en', 'zh-CN'])
export type AccountLanguage = z.infer<typeof languageSchema>

export const DISPLAY_NAME_MAX = 40
export const BIO_MAX = 300
export const LINKS_MAX = 5

/** Control characters, lone surrogates, and marks that turn the reading direction or show nothing. */
const unreadable = /[\p{Cc}\p{Cs}\u200B\u200E\u200F\u2028\u2029\u202A-\u202E\u2060-\u2069\uFEFF]/u
const line = (max: number) =>
  z
    .string()
    .trim()
    .refine((text) => [...text].length <= max, `must have at most ${max} characters`)
    .refine((text) => !unreadable.test(text), 'must not contain control characters')

const webAddress = z
  .string()
  .trim()
  .max(200, 'must have at most 200 characters')
  .refine((text) => {
    if (!/^https?:\/\//i.test(text) || /\s/.test(text) || !URL.canParse(text)) return false
    const { username, password } = new URL(text)
    return username === '' && password === ''
  }, 'must be an http or https address')

/** `PATCH /api/me/profile` -> AccountView. An empty `displayName` shows the name again. */
export const profileChangeSchema = z
  .object({
    displayName: line(DISPLAY_NAME_MAX),
    bio: z
      .string()
      .trim()
      .refine((text) => [...text].length <= BIO_MAX, `must have at most ${BIO_MAX} characters`)
      .refine((text) => !unreadable.test(text.replaceAll('\n', '')), 'must not contain control characters'),
    links: z.array(z.object({ label: line(30), url: webAddress })).max(LINKS_MAX, `must be at most ${LINKS_MAX}`),
  })
  .partial()
export type ProfileChange = z.infer<typeof profileChangeSchema>

/** `PUT /api/me/language` -> 204. */
export const languageChangeSchema = z.object({ language: languageSchema })

/** `PUT /api/me/avatar` takes image/jpeg, image/png or image/webp of at most this many bytes -> AccountView. `DELETE` the same. */
export const AVATAR_MAX_BYTES = 5 * 1024 * 1024

/** `GET /api/me/account` -> AccountView: what only its owner sees. */
export type AccountView = {
  readonly person: PersonView
  /** As chosen; empty for none. */
  readonly displayName: string
  readonly bio: string
  readonly links: ReadonlyArray<{ readonly label: string; readonly url: string }>
  readonly language: AccountLanguage | null
  readonly email: string | null
  readonly emailVerified: boolean
  /** Whether this platform can send mail. */
  readonly mail: boolean
  readonly recoveryCodesLeft: number
}

const password = z.string().max(200)
export const newPasswordSchema = z.string().min(8, 'must have at least 8 characters').max(200, 'must have at most 200 characters')
/** What people type off a paper or a mail: spaces and dashes do not count. */
const secretCode = z.string().max(64).transform((text) => text.toLowerCase().replace(/[^a-z0-9]/g, ''))

/** `PUT /api/me/password` -> 204; every other session ends. 401 wrong-password. */
export const passwordChangeSchema = z.object({ current: password, password: newPasswordSchema })

/** `PUT /api/me/email` -> AccountView; it counts once the mailed code came back. An empty address removes it. 401 wrong-password. */
export const emailChangeSchema = z.object({ email: z.union([z.literal(''), z.email('must be an e-mail address').max(254)]), password })
/** `POST /api/me/email/confirm` -> AccountView; 401 code-wrong. `POST /api/me/email/send` sends the code again -> 204. */
export const emailConfirmSchema = z.object({ code: secretCode })

/** `POST /api/me/recovery-codes` -> RecoveryCodesView, this once; former ones are void. 401 wrong-password. */
export const recoveryCodesSchema = z.object({ password })
export type RecoveryCodesView = { readonly codes: readonly string[] }

/** `GET /api/me/sessions` -> SessionView[], latest seen first. `DELETE /api/me/sessions/:id` and `DELETE /api/me/sessions` (all but this) -> 204. */
export type SessionView = {
  readonly id: string
  readonly browser: string
  readonly system: string
  readonly openedAt: string
  readonly seenAt: string
  /** The one that asks. */
  readonly current: boolean
}

/** `POST /api/me/delete` -> 204: the account and its personal data are gone for good. 401 wrong-password. */
export const accountDeleteSchema = z.object({ password })

/** `GET /api/forgot` -> RecoveryWays. */
export type RecoveryWays = { readonly mail: boolean }
/** `POST /api/forgot` -> 202 whoever asks about whomever; 503 mail-unavailable. `who` is a name or a verified address. */
export const forgotSchema = z.object({ who: z.string().trim().toLowerCase().min(1, 'must not be empty').max(254) })
/** `POST /api/reset` -> 200 UserView and the session cookie, all former sessions ended; 401 code-wrong. With a mailed code, or a name and a recovery code. */
export const resetSchema = z
  .object({ name: z.string().trim().toLowerCase().max(64).default(''), recoveryCode: secretCode.optional(), code: secretCode.optional(), password: newPasswordSchema })
  .refine(({ recoveryCode, code }) => (recoveryCode === undefined) !== (code === undefined), { message: 'must be given: either a mailed code or a recovery code', path: ['code'] })
export type ResetRequest = z.infer<typeof resetSchema>
