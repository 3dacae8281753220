// A sign for each kind of movement, so that a statement can be read at a glance.
import { ArrowLeftRight, Banknote, Coins, Gift, Lock, LockOpen, Mail, MailOpen, Shield, ShoppingBag, Ticket, Undo2, Wrench } from 'lucide-react'
import type { LucideIcon } from 'lucide-react'
import type { TransferType } from '../../server/contract/wallet.ts'

export const typeIcons: Readonly<Record<TransferType, LucideIcon>> = {
  recharge: Coins,
  'recharge-refund': Undo2,
  gift: Gift,
  packet: Mail,
  'packet-claim': MailOpen,
  'packet-return': Undo2,
  guard: Shield,
  ticket: Ticket,
  'ticket-refund': Undo2,
  goods: ShoppingBag,
  'goods-refund': Undo2,
  exchange: ArrowLeftRight,
  'withdrawal-hold': Lock,
  'withdrawal-release': LockOpen,
  'withdrawal-paid': Banknote,
  correction: Wrench,
}
