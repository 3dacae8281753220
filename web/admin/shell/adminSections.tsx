// The back office's sections, in the order of its menu, and what one must be allowed for each.
import type { ReactNode } from 'react'
import { Banknote, BookOpenCheck, Coins, Gift, Package, Percent, ReceiptText, Scale } from 'lucide-react'
import type { Action } from '../../../server/contract/permissions.ts'

export type SectionKey = 'orders' | 'packages' | 'gifts' | 'goods' | 'withdrawals' | 'rates' | 'ledger' | 'reconciliation'
type Section = { readonly key: SectionKey; readonly action: Action; readonly icon: ReactNode }

export const adminSections: readonly Section[] = [
  { key: 'orders', action: 'orders:read', icon: <ReceiptText size={18} aria-hidden="true" /> },
  { key: 'packages', action: 'packages:set', icon: <Coins size={18} aria-hidden="true" /> },
  { key: 'gifts', action: 'gifts:set', icon: <Gift size={18} aria-hidden="true" /> },
  { key: 'goods', action: 'goods:set', icon: <Package size={18} aria-hidden="true" /> },
  { key: 'withdrawals', action: 'withdrawals:handle', icon: <Banknote size={18} aria-hidden="true" /> },
  { key: 'rates', action: 'rates:set', icon: <Percent size={18} aria-hidden="true" /> },
  { key: 'ledger', action: 'ledger:read', icon: <BookOpenCheck size={18} aria-hidden="true" /> },
  { key: 'reconciliation', action: 'ledger:reconcile', icon: <Scale size={18} aria-hidden="true" /> },
]
