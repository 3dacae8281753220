// House style that a machine can check: every file says why it is there, exports by name, and stays readable.
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const sources = globSync('{server,bridge,web,worker-config}/**/*.{ts,tsx,mjs}', { exclude: (path) => /node_modules|dist|\.d\.ts$/.test(path) })
const offenders = (isWrong: (text: string, path: string) => boolean) => sources.filter((path) => isWrong(readFileSync(path, 'utf8'), path))

test('every source file begins with a sentence saying why the room needs it', () => {
  expect(offenders((text) => !/^(#!.*\n)?\/[/*]/.test(text))).toEqual([])
})

test('nothing is exported by default, but what a tool demands', () => {
  expect(offenders((text, path) => /^export default/m.test(text) && !path.endsWith('vite.config.ts'))).toEqual([])
})

test('no file is named utils, helpers, manager or index', () => {
  expect(sources.filter((path) => /(^|\/)(utils?|helpers?|index|.*Manager)\.tsx?$/.test(path))).toEqual([])
})

test('no file but a dictionary has grown beyond 340 lines', () => {
  expect(offenders((text, path) => text.split('\n').length > 340 && !path.startsWith('web/i18n/'))).toEqual([])
})
