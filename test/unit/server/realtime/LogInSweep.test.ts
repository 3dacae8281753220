import { afterEach, expect, test, vi } from 'vitest'
import { createLogger } from '../../../../server/core/logger.ts'
import { LogInSweep } from '../../../../server/realtime/LogInSweep.ts'
import { eventually } from '../../../support/eventually.ts'

type State = 'open' | 'ended' | 'gone'
let sweep: LogInSweep | undefined
afterEach(() => sweep?.close())

const socketOf = (token: string, rooms: string[] = ['user:1'], issued = Date.now() - 1000) => ({ data: { token }, rooms: new Set(rooms), handshake: { issued }, disconnect: vi.fn() })

function begin(sockets: ReadonlyArray<ReturnType<typeof socketOf>>, states: Record<string, State>, hasMark = () => 1) {
  const statesOf = vi.fn((tokens: readonly string[]) => Promise.resolve(tokens.map((token) => states[token] ?? 'gone')))
  const all = new Map(sockets.map((socket, index) => [index, socket]))
  const redis = { expire: () => Promise.resolve(hasMark()), set: () => Promise.resolve('OK') }
  sweep = new LogInSweep({ sockets: { sockets: { sockets: all } }, accounts: { statesOf }, redis, log: createLogger({ name: 'test', level: 'silent' }), everyMs: 20, tickMs: 10 } as never)
  return { statesOf, swept: () => eventually('a sweep', () => statesOf.mock.calls.some(([tokens]) => tokens.length > 0)) }
}

test('sockets whose log-in ended are hung up on; open ones and strangers with an old cookie stay', async () => {
  const [open, ended, gone, stranger] = [socketOf('open'), socketOf('ended'), socketOf('gone'), socketOf('stale', [])]
  const { swept, statesOf } = begin([open, ended, gone, stranger], { open: 'open', ended: 'ended' })
  await swept()
  await eventually('both are hung up on', () => ended.disconnect.mock.calls.length > 0 && gone.disconnect.mock.calls.length > 0)
  expect(open.disconnect).not.toHaveBeenCalled()
  expect(statesOf.mock.calls.flatMap(([tokens]) => tokens)).not.toContain('stale')
})

test('a log-in that was lost with a Redis that came back empty is not taken for ended', async () => {
  let lost = false
  const page = socketOf('lost')
  const states: Record<string, State> = { lost: 'open' }
  const { statesOf } = begin([page], states, () => (lost ? 0 : 1))
  await eventually('a first sweep', () => statesOf.mock.calls.length > 1)
  lost = true
  states['lost'] = 'gone'
  const before = statesOf.mock.calls.length
  await eventually('later sweeps', () => statesOf.mock.calls.length > before + 10)
  expect(page.disconnect).not.toHaveBeenCalled()
})
