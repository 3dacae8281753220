// Assembles the wallet: the ledger, the platform's rates, what owners and operators see of them.
import type { Settings } from '../contract/settings.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { FootlightServer } from '../realtime/answer.ts'
import type { Slice } from '../realtime/Slice.ts'
import { Ledger } from './Ledger.ts'
import { RateBook } from './RateBook.ts'

export type WalletDeps = { readonly settings: Settings; readonly database: Database; readonly outbox: Outbox; readonly sockets: FootlightServer; readonly audit: Audit; readonly log: Logger }
export type Wallet = Slice & { readonly ledger: Ledger; readonly rates: RateBook }

export function createWallet({ database }: WalletDeps): Wallet {
  const ledger = new Ledger({ database })
  const rates = new RateBook({ database })
  return { ledger, rates }
}
