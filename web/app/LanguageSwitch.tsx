// Chinese or English, remembered for the next visit.
import { Languages } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useChooseLanguage } from '../accounts/useChooseLanguage.ts'
import styles from './Header.module.css'

export function LanguageSwitch() {
  const { t, i18n } = useTranslation()
  const choose = useChooseLanguage()
  const chinese = i18n.language === 'zh-CN'
  // Named in the other language: whoever needs it can read it.
  return (
    <button
      type="button"
      className={styles.item}
      lang={chinese ? 'en' : 'zh-CN'}
      title={t('app.language')}
      aria-label={chinese ? 'Switch to English' : '切换到中文'}
      onClick={() => void choose(chinese ? 'en' : 'zh-CN')}
      data-testid="language-switch"
    >
      <Languages size={18} aria-hidden="true" />
      <span>{chinese ? 'EN' : '中文'}</span>
    </button>
  )
}
