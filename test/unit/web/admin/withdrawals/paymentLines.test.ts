// What an operator pastes from a bank's list.
import { expect, test } from 'vitest'
import { paymentLines } from '../../../../../web/admin/withdrawals/paymentLines.ts'

test('a line is a withdrawal and its payment, however they are parted; a head and empty lines are left out', () => {
  const { payments, without } = paymentLines('id,reference\r\nabc, BANK 1\r\n\r\ndef\tBANK-2\n"ghi";"3"', '')
  expect(payments).toEqual([{ id: 'abc', reference: 'BANK 1' }, { id: 'def', reference: 'BANK-2' }, { id: 'ghi', reference: '3' }])
  expect(without).toBe(0)
})

test('lines without a payment take the common one, and are counted where there is none', () => {
  expect(paymentLines('abc\ndef X', 'FILE-1').payments).toEqual([{ id: 'abc', reference: 'FILE-1' }, { id: 'def', reference: 'X' }])
  expect(paymentLines('abc\ndef X', ' ').without).toBe(1)
})
