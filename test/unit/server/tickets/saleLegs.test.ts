// What moves for a ticket and back sums to zero in each currency, however little of the host's beans is left.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { hostShare } from '../../../../server/tickets/hostShare.ts'
import { refundLegs, saleLegs } from '../../../../server/tickets/saleLegs.ts'
import { checkLegs } from '../../../../server/wallet/checkLegs.ts'
import type { Leg } from '../../../../server/wallet/ledgerAccounts.ts'

const people = { buyerId: 'the-buyer-here-1' as UserId, hostId: 'the-host-is-here' as UserId }
const of = (legs: readonly Leg[], kind: string, currency: string) => legs.filter(({ account }) => account.kind === kind && account.currency === currency).reduce((sum, { amount }) => sum + amount, 0n)

test('a sale and its refund balance, and the refund takes from the host no more than there is', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 1n, max: 1_000_000n }), fc.integer({ min: 0, max: 10_000 }), fc.bigInt({ min: 0n, max: 2_000_000n }), (price, share, there) => {
      const beans = hostShare(price, share)
      const sale = saleLegs({ ...people, price, beans })
      const refund = refundLegs({ ...people, price, beans, there })
      checkLegs(sale)
      checkLegs(refund)
      const taken = -of(refund, 'user', 'bean')
      expect(taken).toBe(there < beans ? there : beans)
      expect(of(sale, 'user', 'coin') + of(refund, 'user', 'coin')).toBe(0n)
      expect(of(refund, 'loss', 'bean')).toBe(taken - beans)
    }),
  )
})
