// The home page's categories and tags, as rows of links that keep the choice in the address.
import { X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { HomeView } from '../../server/contract/discovery.ts'
import type { Category } from '../../server/contract/http.ts'
import styles from './FilterBar.module.css'

const categories: readonly Category[] = ['games', 'music', 'talk', 'outdoors', 'learning', 'art', 'sports', 'other']

function addressOf(category: Category | null, tag: string | null): string {
  const query = new URLSearchParams({ ...(category === null ? {} : { category }), ...(tag === null ? {} : { tag }) }).toString()
  return query === '' ? '/' : `/?${query}`
}

type Props = { readonly category: Category | null; readonly tag: string | null; readonly home: HomeView | null }

export function FilterBar({ category, tag, home }: Props) {
  const { t } = useTranslation()
  const liveIn = new Map(home?.categories.map((entry) => [entry.category, entry.live]))
  const tags = home?.tags ?? []
  return (
    <div className={styles.bar}>
      <nav className={styles.row} aria-label={t('discovery.categories')}>
        <Link to={addressOf(null, tag)} className={styles.chip} aria-current={category === null ? 'true' : undefined}>
          {t('discovery.everything')}
        </Link>
        {categories.map((name) => (
          <Link key={name} to={addressOf(name, tag)} className={styles.chip} aria-current={category === name ? 'true' : undefined} data-testid={`category-${name}`}>
            {t(`category.${name}`)}
            {liveIn.has(name) ? <span className={styles.number}>{liveIn.get(name)}</span> : null}
          </Link>
        ))}
      </nav>
      {tags.length === 0 && tag === null ? null : (
        <nav className={styles.row} aria-label={t('discovery.trending')}>
          {tag === null ? null : (
            <Link to={addressOf(category, null)} className={styles.tag} aria-current="true" aria-label={t('discovery.clearTag', { tag })}>
              #{tag}
              <X size={14} aria-hidden="true" />
            </Link>
          )}
          {tags
            .filter((entry) => entry.tag !== tag)
            .map((entry) => (
              <Link key={entry.tag} to={addressOf(category, entry.tag)} className={styles.tag}>
                #{entry.tag}
              </Link>
            ))}
        </nav>
      )}
    </div>
  )
}
