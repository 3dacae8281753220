// The home page refreshes without jumping.
import { expect, test } from 'vitest'
import { keepOrder } from '../../../../web/home/keepOrder.ts'

const card = (channel: string, viewers: number) => ({ channel, viewers })

test('cards on screen keep their places with new numbers, new ones come last, ended ones go', () => {
  const shown = [card('ada', 9), card('bea', 5), card('cy', 1)]
  const fresh = [card('dan', 50), card('cy', 20), card('ada', 3)]
  expect(keepOrder(shown, fresh)).toEqual([card('ada', 3), card('cy', 20), card('dan', 50)])
})
