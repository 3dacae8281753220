// A gift's name in the reader's language.
import type { LocalizedName } from '../../server/contract/gifts.ts'

export const giftName = (name: LocalizedName, language: string): string => (language.startsWith('zh') ? name.zhCN : name.en)
