// Both languages say everything there is to say.
import { expect, test } from 'vitest'
import { noticeSchema, transcodeReasonSchema } from '../../../../server/contract/broadcast.ts'
import { errorStatus } from '../../../../server/contract/errors.ts'
import { categories } from '../../../../server/contract/http.ts'
import { en } from '../../../../web/i18n/en.ts'
import { zhCN } from '../../../../web/i18n/zhCN.ts'

type Node = string | { readonly [key: string]: Node }

const leaves = (node: Node, path = ''): [string, string][] => (typeof node === 'string' ? [[path, node]] : Object.entries(node).flatMap(([key, child]) => leaves(child, path === '' ? key : `${path}.${key}`)))
const english = new Map(leaves(en))
const chinese = new Map(leaves(zhCN))
const placeholders = (text: string) => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name).sort()

test('both languages have exactly the same keys', () => {
  expect([...chinese.keys()].sort()).toEqual([...english.keys()].sort())
})

test('no text is empty', () => {
  for (const [key, text] of [...english, ...chinese]) expect(text.trim(), key).not.toBe('')
})

test('the same values are filled into both languages', () => {
  for (const [key, text] of english) expect(placeholders(chinese.get(key) ?? ''), key).toEqual(placeholders(text))
})

test('every error code of the contract is translated', () => {
  for (const code of Object.keys(errorStatus)) expect(english.has(`error.${code}`), code).toBe(true)
})

test('every notice, every reason to transcode and every category is translated', () => {
  for (const code of noticeSchema.shape.code.options) expect(english.has(`notice.${code}`), code).toBe(true)
  for (const reason of transcodeReasonSchema.options) expect(english.has(`noticeAdvice.${reason}`), reason).toBe(true)
  expect(Object.keys(en.category)).toEqual([...categories])
})
