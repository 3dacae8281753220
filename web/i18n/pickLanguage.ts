// Turns whatever a browser calls its language into one of the two that the pages speak.
export const languages = ['en', 'zh-CN'] as const
export type Language = (typeof languages)[number]

/** Every kind of Chinese is shown as zh-CN, anything else as English. */
export function pickLanguage(wanted: string): Language {
  return /^zh\b/i.test(wanted) ? 'zh-CN' : 'en'
}
