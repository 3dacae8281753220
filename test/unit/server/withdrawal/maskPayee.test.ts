// What is left of a payee when its owner sees it.
import { expect, test } from 'vitest'
import { maskPayee } from '../../../../server/withdrawal/maskPayee.ts'

const mask = (account: string, holder = '王小明') => maskPayee({ method: 'bank', account, holder })

test('an account shows its last four signs, a name its first letter', () => {
  expect(mask('6222 0210 0111 4321')).toEqual({ method: 'bank', account: '•••• 4321', holder: '王••' })
  expect(mask('1', 'A')).toEqual({ method: 'bank', account: '•••• 1', holder: 'A•' })
})

test('a short account shows no more than one sign, an e-mail address its host', () => {
  expect(mask('12345678').account).toBe('•••• 8')
  expect(mask('anna.long@example.org').account).toBe('a•••@example.org')
})
