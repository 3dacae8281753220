import { expect, test } from 'vitest'
import { entrancePauseMs } from '../../../../server/chat/entrancePause.ts'

test('a small room sees every guard come in, a large one now and then one, year guards most often', () => {
  for (const term of ['week', 'month', 'year'] as const) expect(entrancePauseMs(150, term)).toBe(0)
  for (const viewers of [500, 50_000]) {
    const [week, month, year] = [entrancePauseMs(viewers, 'week'), entrancePauseMs(viewers, 'month'), entrancePauseMs(viewers, 'year')]
    expect(year).toBeGreaterThan(0)
    expect(year).toBeLessThan(month)
    expect(month).toBeLessThan(week)
  }
})
