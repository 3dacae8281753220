// Amounts read and written by people: exact at any size, the same out as in.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_AMOUNT, currencyDigits, currencySchema, realCurrencies } from '../../../../server/contract/money.ts'
import { languages } from '../../../../web/i18n/pickLanguage.ts'
import { editAmount, formatAmount, formatIn, formatMoney, parseAmount } from '../../../../web/i18n/formatMoney.ts'

const amounts = fc.bigInt({ min: 0n, max: MAX_AMOUNT })
const language = fc.constantFrom(...languages)

test('coins are grouped, and signed where asked', () => {
  expect(formatAmount('1234567', 'en')).toBe('1,234,567')
  expect(formatAmount('0', 'zh-CN', { signed: true })).toBe('0')
  expect(formatAmount('1200', 'en', { signed: true })).toBe('+1,200')
  expect(formatAmount('-1200', 'en', { signed: true })).toBe('-1,200')
})

test('amounts beyond 2^53 keep every digit', () => {
  expect(formatAmount('9007199254740993', 'en')).toBe('9,007,199,254,740,993')
  expect(formatMoney('900719925474099301', 'CNY', 'zh-CN')).toBe('¥9,007,199,254,740,993.01')
})

test.each([
  ['600', 'CNY', 'en', 'CN¥6.00'],
  ['600', 'CNY', 'zh-CN', '¥6.00'],
  ['5', 'USD', 'en', '$0.05'],
  ['-5', 'USD', 'en', '-$0.05'],
  ['-123456', 'EUR', 'en', '-€1,234.56'],
  ['0', 'GBP', 'en', '£0.00'],
  ['100', 'JPY', 'en', '¥100'],
] as const)('%s minor units of %s read in %s: %s', (amount, currency, tongue, text) => {
  expect(formatMoney(amount, currency, tongue)).toBe(text)
})

test('every currency of the contract is formatted', () => {
  for (const currency of currencySchema.options) for (const tongue of languages) expect(formatIn(currency, '1234', tongue)).toContain(currencyDigits[currency] === 0 ? '1,234' : '12.34')
})

test('what is written is read back as it was', () => {
  fc.assert(fc.property(amounts, language, (amount, tongue) => parseAmount(formatAmount(String(amount), tongue), 'coin') === String(amount)))
  fc.assert(fc.property(amounts, fc.constantFrom(...realCurrencies), language, (amount, currency, tongue) => parseAmount(formatMoney(String(amount), currency, tongue), currency) === String(amount)))
  fc.assert(fc.property(amounts, fc.constantFrom(...currencySchema.options), (amount, currency) => parseAmount(editAmount(String(amount), currency), currency) === String(amount)))
})

test('a negative amount differs from its positive by its sign alone', () => {
  fc.assert(fc.property(fc.bigInt({ min: 1n, max: MAX_AMOUNT }), fc.constantFrom(...realCurrencies), language, (amount, currency, tongue) => formatMoney(String(-amount), currency, tongue) === `-${formatMoney(String(amount), currency, tongue)}`))
})

test.each([
  ['１２．５', 'CNY', '1250'],
  [' 6 ', 'CNY', '600'],
  ['¥6.5', 'CNY', '650'],
  ['1,234', 'coin', '1234'],
  ['007', 'coin', '7'],
] as const)('%j in %s is %s', (text, currency, amount) => {
  expect(parseAmount(text, currency)).toBe(amount)
})

test.each([['', 'coin'], ['-1', 'coin'], ['1.5', 'coin'], ['1.234', 'CNY'], ['1,23', 'coin'], ['6 apples', 'coin'], ['1e5', 'coin'], ['0x10', 'coin'], ['1000000000001', 'coin'], ['NaN', 'coin']] as const)('%j in %s is no amount', (text, currency) => {
  expect(parseAmount(text, currency)).toBeNull()
})
