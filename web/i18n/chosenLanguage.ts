// The language that was chosen in this browser, as opposed to the one it would ask for by itself.
import { pickLanguage } from './pickLanguage.ts'
import type { Language } from './pickLanguage.ts'
import { remember, remembered } from '../client/remembered.ts'

export const CHOSEN_LANGUAGE = 'footlight.language'

/** Null when nobody has chosen one here, or the browser keeps nothing. */
export function chosenLanguage(): Language | null {
  const chosen = remembered(CHOSEN_LANGUAGE)
  return chosen === null ? null : pickLanguage(chosen)
}

export const rememberLanguage = (language: Language): void => remember(CHOSEN_LANGUAGE, language)
