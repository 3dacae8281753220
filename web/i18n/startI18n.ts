// Starts i18next with both dictionaries, the browser's language or the chosen one, and keeps <html lang> true.
import { createInstance } from 'i18next'
import type { i18n } from 'i18next'
import LanguageDetector from 'i18next-browser-languagedetector'
import { initReactI18next } from 'react-i18next'
import { en } from './en.ts'
import { pickLanguage } from './pickLanguage.ts'
import { zhCN } from './zhCN.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    returnNull: false
  }
}

export async function startI18n(): Promise<i18n> {
  const instance = createInstance()
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await instance
    .use(LanguageDetector)
    .use(initReactI18next)
    .init({
      resources: { en: { translation: en }, 'zh-CN': { translation: zhCN } },
      supportedLngs: ['en', 'zh-CN'],
      fallbackLng: 'en',
      interpolation: { escapeValue: false },
      detection: {
        order: ['localStorage', 'navigator'],
        lookupLocalStorage: 'footlight.language',
        caches: ['localStorage'],
        convertDetectedLanguage: pickLanguage,
      },
    })
  return instance
}
