// Guards (守护): who stands by a host for a week, a month or a year.
import { z } from 'zod'

export const guardTerms = ['week', 'month', 'year'] as const
export const guardTermSchema = z.enum(guardTerms)
export type GuardTerm = z.infer<typeof guardTermSchema>
