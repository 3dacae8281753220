// Promises of the banners: one a person and gift, counting up, three at once, the rest in line.
import { expect, test } from 'vitest'
import { BannerBoard } from '../../../../web/gifts/BannerBoard.ts'
import { giftLine } from './giftLine.ts'

test('sendings of one combo are one banner that counts up and stays three seconds after the last', () => {
  const board = new BannerBoard()
  board.add(giftLine({ count: 1 }), false, 0)
  board.add(giftLine({ count: 2 }), false, 2_000)
  expect(board.banners).toMatchObject([{ count: 2, pops: 1 }])
  board.tick(4_900)
  expect(board.banners).toHaveLength(1)
  board.tick(5_000)
  expect(board.banners).toHaveLength(0)
})

test('a line that comes late does not count down', () => {
  const board = new BannerBoard()
  board.add(giftLine({ count: 5 }), false, 0)
  board.add(giftLine({ count: 3 }), false, 10)
  expect(board.banners[0]?.count).toBe(5)
})

test('at most three are seen; the dearer of those that wait comes first, one’s own before all', () => {
  const board = new BannerBoard()
  for (const sender of ['a', 'b', 'c']) board.add(giftLine({ sender }), false, 0)
  board.add(giftLine({ sender: 'cheap' }), false, 0)
  board.add(giftLine({ sender: 'dear', tier: 5 }), false, 0)
  board.add(giftLine({ sender: 'me' }), true, 0)
  expect(board.banners.map(({ line }) => line.sender.name)).toEqual(['a', 'b', 'c'])
  board.tick(3_000)
  expect(board.banners.map(({ line }) => line.sender.name)).toEqual(['me', 'dear', 'cheap'])
})
