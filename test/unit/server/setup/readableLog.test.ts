import { expect, test } from 'vitest'
import { readableLog } from '../../../../server/setup/readableLog.ts'

test('a warning is shown with when, who, what and why', () => {
  const line = JSON.stringify({ level: 'warn', time: '2026-11-22T17:20:01.500Z', pid: 1, hostname: 'h', name: 'bridge', channel: 'mia', err: { message: 'gone', stack: 'at x' }, msg: 'relay ended' })
  expect(readableLog(line)).toEqual({ important: true, text: '17:20:01 bridge warn: relay ended channel=mia (gone)' })
})

test('what is merely told stays in the file', () => {
  expect(readableLog('{"level":"info","msg":"listening"}').important).toBe(false)
})

test('a line that is no log entry is shown as it is', () => {
  for (const line of ['Error: boom', '    at main.ts:3', '[1,2]', '"x"', '']) expect(readableLog(line)).toEqual({ important: true, text: line })
})
