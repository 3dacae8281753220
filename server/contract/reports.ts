// Reports: what users complain of, with the evidence as it was then, and what operators do about it.
import { z } from 'zod'
import { nameSchema } from './ids.ts'
import type { PersonView } from './people.ts'

export const reportTypes = ['message', 'user', 'broadcast'] as const
export type ReportType = (typeof reportTypes)[number]
export const reportReasons = ['spam', 'harassment', 'hate', 'sexual', 'violence', 'minor', 'copyright', 'other'] as const
export type ReportReason = (typeof reportReasons)[number]

/** `POST /api/reports` -> 202 ReportReceived, the same for a first report and a repeated one (which replaces what was said before). `id`: of the message or broadcast; a user's name. */
export const reportSchema = z.object({
  type: z.enum(reportTypes),
  id: z.string().regex(/^[0-9A-Za-z_-]{3,40}$/, 'is not an id'),
  /** Where it happened; a message needs it. */
  channel: nameSchema.nullable(),
  reason: z.enum(reportReasons),
  text: z.string().trim().max(500, 'must have at most 500 characters').default(''),
})
export type ReportRequest = z.infer<typeof reportSchema>
export type ReportReceived = { readonly received: true }

/** What was there to see when the report came; it does not change when the original does. */
export type Evidence =
  | { readonly type: 'message'; readonly text: string; readonly author: PersonView | null; readonly at: string }
  | { readonly type: 'user'; readonly person: PersonView; readonly bio: string; readonly links: ReadonlyArray<{ readonly label: string; readonly url: string }> }
  | { readonly type: 'broadcast'; readonly title: string; readonly startedAt: string; readonly viewers: number }

export const reportActions = ['delete-message', 'disable-user', 'stop-broadcast'] as const
export type ReportAction = (typeof reportActions)[number]

/** `GET /api/operator/reports?state=open&before=SEQ` -> ReportPage, newest first. The picture: `GET /api/operator/reports/:id/snapshot.jpg`. Operators alone. */
export const reportQuerySchema = z.object({
  state: z.enum(['open', 'handled']).default('open'),
  before: z.string().regex(/^\d{1,19}$/).optional(),
  limit: z.coerce.number().int().min(1).max(50).default(20),
})
export type ReportView = {
  readonly id: string
  readonly type: ReportType
  readonly reason: ReportReason
  readonly text: string
  readonly at: string
  /** Null: the account is gone. */
  readonly reporter: PersonView | null
  /** Who answers for it: the author, the user, the host. */
  readonly accused: (PersonView & { readonly disabled: boolean }) | null
  readonly channel: string | null
  readonly evidence: Evidence
  readonly snapshotUrl: string | null
  /** Open reports of the same target by others. */
  readonly others: number
  /** What an operator may do about it here. */
  readonly actions: readonly ReportAction[]
  readonly handled: { readonly by: PersonView | null; readonly at: string; readonly outcome: readonly ReportAction[]; readonly note: string } | null
}
export type ReportPage = { readonly reports: readonly ReportView[]; readonly next: string | null; readonly open: number }

/** `POST /api/operator/reports/:id/close` -> 204: does these things (none: dismissed), closes all open reports of the target, tells who reported. 404 report-not-found: somebody was quicker. */
export const reportCloseSchema = z.object({ actions: z.array(z.enum(reportActions)).max(reportActions.length).default([]), note: z.string().trim().max(300).default('') })

/** `PUT /api/operator/users/:name/disabled` -> 204: lock an account out of the platform, or let it in again. */
export const userDisabledSchema = z.object({ disabled: z.boolean(), reason: z.string().trim().max(200).default('') })
