// Switches the language of the pages, remembers it in this browser, and in the account of who is logged in.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { rememberLanguage } from '../i18n/chosenLanguage.ts'
import type { Language } from '../i18n/pickLanguage.ts'
import { accountsApi } from './accountsApi.ts'
import { useSession } from './SessionProvider.tsx'

export function useChooseLanguage(): (language: Language) => Promise<void> {
  const { i18n } = useTranslation()
  const { me } = useSession()
  const loggedIn = me?.user != null
  return useCallback(
    async (language) => {
      rememberLanguage(language)
      await i18n.changeLanguage(language)
      // The page has switched already; the account follows when it can.
      if (loggedIn) await accountsApi.setLanguage(language).catch(() => undefined)
    },
    [i18n, loggedIn],
  )
}
