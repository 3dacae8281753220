// Starts i18next with the dictionary of the browser's or the chosen language, and keeps <html lang> true.
import { createInstance } from 'i18next'
import type { BackendModule, i18n } from 'i18next'
import LanguageDetector from 'i18next-browser-languagedetector'
import { initReactI18next } from 'react-i18next'
import type { Dictionary, en } from './en.ts'
import { CHOSEN_LANGUAGE } from './chosenLanguage.ts'
import { pickLanguage } from './pickLanguage.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    resources: { translation: typeof en }
    returnNull: false
  }
}

const load = async (language: string): Promise<Dictionary> => (language === 'zh-CN' ? (await import('./zhCN.ts')).zhCN : (await import('./en.ts')).en)

/** Each language is a chunk of its own: nobody loads the words of the other. */
const dictionaries: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read: (language, _namespace, done) => {
    load(language).then(
      (words) => done(null, words),
      (error: unknown) => done(error as Error, false),
    )
  },
}

export async function startI18n(): Promise<i18n> {
  const instance = createInstance()
  instance.on('languageChanged', (language) => {
    document.documentElement.lang = language
  })
  await instance
    .use(dictionaries)
    .use(LanguageDetector)
    .use(initReactI18next)
    .init({
      supportedLngs: ['en', 'zh-CN'],
      fallbackLng: false,
      load: 'currentOnly',
      interpolation: { escapeValue: false },
      detection: {
        order: ['localStorage', 'navigator'],
        lookupLocalStorage: CHOSEN_LANGUAGE,
        // Only what somebody chose is kept: an account's own language may follow where nobody did.
        caches: [],
        convertDetectedLanguage: pickLanguage,
      },
    })
  return instance
}
