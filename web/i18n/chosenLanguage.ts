// The language that was chosen in this browser, as opposed to the one it would ask for by itself.
import { pickLanguage } from './pickLanguage.ts'
import type { Language } from './pickLanguage.ts'

export const CHOSEN_LANGUAGE = 'footlight.language'

/** Null when nobody has chosen one here, or the browser keeps nothing. */
export function chosenLanguage(): Language | null {
  try {
    const chosen = localStorage.getItem(CHOSEN_LANGUAGE)
    return chosen === null ? null : pickLanguage(chosen)
  } catch {
    return null
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(CHOSEN_LANGUAGE, language)
  } catch {
    // Private windows may keep nothing; the choice then lasts as long as the page.
  }
}
