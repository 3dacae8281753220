// The statement: every movement of coins or beans, newest first, by day.
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useSearchParams } from 'react-router'
import { PageFoot } from '../moderation/PageFoot.tsx'
import { StatementFilters } from './StatementFilters.tsx'
import { StatementRow } from './StatementRow.tsx'
import styles from './Statement.module.css'
import { groupByDay } from './groupByDay.ts'
import { countFilters, readStatementFilter, writeStatementFilter } from './statementFilter.ts'
import { useStatement } from './useStatement.ts'

/** So far below the screen the next page is asked for. */
const AHEAD = '400px'

/** @param stamp another one whenever the wallet has changed. */
export function Statement({ stamp }: { readonly stamp: string | null }) {
  const { t, i18n } = useTranslation()
  const [params, setParams] = useSearchParams()
  const filter = readStatementFilter(params)
  const pages = useStatement(filter, stamp)
  const end = useRef<HTMLDivElement>(null)
  const more = pages.loading || pages.failure !== null ? null : pages.more
  useEffect(() => {
    const element = end.current
    if (element === null || more === null) return
    const watch = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && more(), { rootMargin: AHEAD })
    watch.observe(element)
    return () => watch.disconnect()
  }, [more])
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  return (
    <div className={styles.statement} data-testid="statement">
      <StatementFilters filter={filter} onChange={(next) => setParams(writeStatementFilter(next), { replace: true })} />
      {groupByDay(pages.items ?? []).map(({ key, at, lines }) => (
        <section key={key} className={styles.day}>
          <h2>{day.format(new Date(at))}</h2>
          <ul>
            {lines.map((line) => (
              <StatementRow key={line.id} line={line} />
            ))}
          </ul>
        </section>
      ))}
      <div ref={end} className={styles.foot}>
        {/* The server looks through so much for one page: an empty one may have a next one, which is on its way. */}
        <PageFoot pages={pages.items?.length === 0 && pages.more !== null ? { ...pages, items: null } : pages} empty={countFilters(filter) > 0 ? t('wallet.noneFiltered') : t(filter.currency === 'coin' ? 'wallet.noCoins' : 'wallet.noBeans')} />
      </div>
    </div>
  )
}
