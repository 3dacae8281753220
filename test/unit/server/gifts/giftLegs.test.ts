// What a gift moves.
import { expect, test } from 'vitest'
import type { UserId } from '../../../../server/contract/ids.ts'
import { giftLegs } from '../../../../server/gifts/giftLegs.ts'
import { checkLegs } from '../../../../server/wallet/checkLegs.ts'

const people = { senderId: 'sender' as UserId, hostId: 'host' as UserId }

test('coins go to the platform, and beans are issued to the host', () => {
  const legs = giftLegs({ ...people, coins: 10n, beans: 5n })
  checkLegs(legs)
  expect(legs.map(({ account, amount }) => `${account.kind} ${account.owner} ${account.currency} ${amount}`)).toEqual(['user sender coin -10', 'revenue  coin 10', 'user host bean 5', 'issue  bean -5'])
})

test('of a gift too small for a bean only the coins move', () => {
  const legs = giftLegs({ ...people, coins: 1n, beans: 0n })
  checkLegs(legs)
  expect(legs).toHaveLength(2)
})
