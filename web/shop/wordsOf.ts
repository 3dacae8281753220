// Which of a thing's two names the reader reads.
import type { LocalizedName } from '../../server/contract/gifts.ts'

export const wordsOf = (words: LocalizedName, language: string): string => (language === 'zh-CN' ? words.zhCN : words.en)
