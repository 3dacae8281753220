// What a row of a report is called: a day, a show, a gift.
import { useTranslation } from 'react-i18next'
import type { IncomeGrouping, IncomeRow } from '../../server/contract/income.ts'

/** @param short days without their year, for a chart's axis */
export function useRowName(by: IncomeGrouping, short = false): (row: IncomeRow) => string {
  const { t, i18n } = useTranslation()
  return ({ key, title, name }) => {
    if (by === 'day') return new Intl.DateTimeFormat(i18n.language, { ...(short ? { month: 'short', day: 'numeric' } : { dateStyle: 'medium' }), timeZone: 'UTC' }).format(new Date(key))
    if (by === 'gift') return (name && (i18n.language === 'zh-CN' ? name.zhCN : name.en)) ?? key
    if (by === 'show') return key === '-' ? t('income.betweenShows') : title || t('income.unnamed')
    return key
  }
}
