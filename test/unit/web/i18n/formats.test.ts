// Numbers and times as people read them.
import { expect, test } from 'vitest'
import { formatBytes } from '../../../../web/i18n/formatBytes.ts'
import { formatCount } from '../../../../web/i18n/formatCount.ts'
import { formatDuration } from '../../../../web/i18n/formatDuration.ts'
import { pickLanguage } from '../../../../web/i18n/pickLanguage.ts'

test.each([
  [0, '0:00'],
  [5_999, '0:05'],
  [245_000, '4:05'],
  [3_723_000, '1:02:03'],
  [36_000_000, '10:00:00'],
  [-4_000, '0:00'],
  [Number.NaN, '0:00'],
])('%d ms reads %s', (ms, text) => {
  expect(formatDuration(ms)).toBe(text)
})

test('file sizes are short', () => {
  expect(formatBytes(0, 'en')).toBe('0 B')
  expect(formatBytes(820_400, 'en')).toBe('820 kB')
  expect(formatBytes(1_340_000_000, 'en')).toBe('1.3 GB')
})

test('counts are short in the language’s own way', () => {
  expect(formatCount(950, 'en')).toBe('950')
  expect(formatCount(1_240, 'en')).toBe('1.2K')
  expect(formatCount(12_400, 'zh-CN')).toBe('1.2万')
})

test('every Chinese is shown as zh-CN, everything else as English', () => {
  expect(['zh', 'zh-TW', 'zh-Hans-CN', 'ZH-cn'].map(pickLanguage)).toEqual(['zh-CN', 'zh-CN', 'zh-CN', 'zh-CN'])
  expect(['en-GB', 'de', 'zha', ''].map(pickLanguage)).toEqual(['en', 'en', 'en', 'en'])
})
