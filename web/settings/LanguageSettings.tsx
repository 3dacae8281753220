// `/settings/language`: what the pages, and mails, speak.
import { useTranslation } from 'react-i18next'
import { useChooseLanguage } from '../accounts/useChooseLanguage.ts'
import { languages } from '../i18n/pickLanguage.ts'
import styles from './LanguageSettings.module.css'
import { SettingsCard } from './SettingsCard.tsx'

/** Each in its own words: whoever needs it can read it. */
const names = { en: 'English', 'zh-CN': '简体中文' } as const

export function LanguageSettings() {
  const { t, i18n } = useTranslation()
  const choose = useChooseLanguage()
  return (
    <SettingsCard title={t('settings.language.title')} lead={t('settings.language.lead')}>
      <fieldset className={styles.choices}>
        <legend className="visually-hidden">{t('settings.language.title')}</legend>
        {languages.map((language) => (
          <label key={language} lang={language} className={styles.choice}>
            <input type="radio" name="language" checked={i18n.language === language} onChange={() => void choose(language)} data-testid={`language-${language}`} />
            <span>{names[language]}</span>
          </label>
        ))}
      </fieldset>
    </SettingsCard>
  )
}
