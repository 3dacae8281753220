// The wallet as its owner sees it, and the ledger as operators see it.
import { z } from 'zod'
import { amountSchema, currencySchema } from './money.ts'
import type { Amount, Currency } from './money.ts'

/** Why a transfer was made; pages translate it. Each slice that moves money has its own here. */
export const transferTypes = [
  'recharge',
  'recharge-refund',
  'gift',
  'packet',
  'packet-claim',
  'packet-return',
  'guard',
  'ticket',
  'ticket-refund',
  'goods',
  'goods-refund',
  'exchange',
  'withdrawal-hold',
  'withdrawal-release',
  'withdrawal-paid',
  'correction',
] as const
export const transferTypeSchema = z.enum(transferTypes)
export type TransferType = z.infer<typeof transferTypeSchema>

/**
 * user: what a user may spend; held: a user's, set aside; revenue: what the platform earned, in coins; issue: where coins and beans come
 * from and go to (negative: what is in circulation); clearing: a provider's debt to us, in real money; sales: its counterpart; loss: coins that
 * a refund could not get back.
 */
export const accountKinds = ['user', 'held', 'revenue', 'issue', 'clearing', 'sales', 'loss'] as const
export const accountKindSchema = z.enum(accountKinds)
export type AccountKind = z.infer<typeof accountKindSchema>

/** `GET /api/wallet` -> WalletView. */
export type WalletView = {
  readonly coins: Amount
  readonly beans: Amount
  /** Set aside in red packets, orders and withdrawals. */
  readonly heldCoins: Amount
  readonly heldBeans: Amount
  /** Nothing may be spent or withdrawn: a payment was taken back by its provider. */
  readonly locked: boolean
}

/** `GET /api/wallet/statement` -> StatementPage, newest first. `GET /api/wallet/statement.csv` takes the same filters, without `before` and `limit`. */
export const statementQuerySchema = z.object({
  currency: z.enum(['coin', 'bean']).default('coin'),
  type: transferTypeSchema.optional(),
  direction: z.enum(['in', 'out']).optional(),
  /** ISO 8601. */
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  before: z.string().regex(/^\d{1,19}$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
})
export type StatementLine = {
  readonly id: string
  readonly transferId: string
  readonly at: string
  readonly type: TransferType
  readonly currency: Currency
  /** Negative: out. */
  readonly amount: Amount
  /** What there was afterwards. */
  readonly balance: Amount
  /** Who or what it was about, in words of its slice: a channel's or a gift's name, an order's number; empty for none. */
  readonly note: string
}
export type StatementPage = { readonly lines: readonly StatementLine[]; readonly next: string | null }

/** For operators: `GET /api/admin/ledger/transfers` -> LedgerPage. */
export const ledgerQuerySchema = z.object({
  user: z.string().max(64).optional(),
  type: transferTypeSchema.optional(),
  reference: z.string().max(64).optional(),
  transfer: z.string().max(40).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  minimum: amountSchema.optional(),
  currency: currencySchema.optional(),
  before: z.string().regex(/^\d{1,19}$/).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
export type LedgerEntryView = { readonly kind: AccountKind; /** A user's name, a provider, or empty. */ readonly owner: string; readonly currency: Currency; readonly amount: Amount }
export type LedgerTransferView = { readonly id: string; readonly seq: string; readonly at: string; readonly type: TransferType; readonly reference: string; readonly note: string; readonly reverses: string | null; readonly entries: readonly LedgerEntryView[] }
export type LedgerPage = { readonly transfers: readonly LedgerTransferView[]; readonly next: string | null }
/** For operators: `GET /api/admin/wallets/NAME` -> WalletView of that user. `POST /api/admin/wallets/NAME/unlock`, by an admin -> WalletView. */
export const walletUnlockSchema = z.object({ reason: z.string().trim().max(300).default('') })
/** `GET /api/admin/ledger/balances` -> sums of each kind and currency, shards together. */
export type LedgerBalanceView = { readonly kind: AccountKind; readonly owner: string; readonly currency: Currency; readonly balance: Amount; readonly accounts: number }

/** What a reconciliation looks at, each with what does not agree. */
export const reconciliationChecks = ['entries-sum-to-zero', 'balances-equal-entries', 'users-not-negative', 'orders-match-clearing', 'bills-match-orders', 'withdrawals-match-ledger'] as const
export type ReconciliationCheck = (typeof reconciliationChecks)[number]
export type ReconciliationDifference = { readonly check: ReconciliationCheck; /** An account, transfer or order. */ readonly subject: string; readonly currency: string; readonly expected: Amount; readonly found: Amount }
/** `GET /api/admin/reconciliations` -> the latest first, at most 60. `POST /api/admin/reconciliations` runs one now -> ReconciliationView. */
export type ReconciliationView = {
  readonly id: string
  readonly startedAt: string
  readonly finishedAt: string | null
  readonly trigger: 'nightly' | 'operator' | 'cli'
  readonly transfers: string
  readonly accounts: number
  readonly differences: readonly ReconciliationDifference[]
  /** Checks that could not be made, such as a provider's bill that is not there yet, and why. */
  readonly skipped: readonly { readonly check: ReconciliationCheck; readonly why: string }[]
}

export type WalletFacts = {
  /** To the owner's pages, at most once in 300 ms; on connecting again they ask by HTTP. */
  'wallet:changed': (fact: WalletView) => void
}
