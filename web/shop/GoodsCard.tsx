// One thing on the shelf.
import { useTranslation } from 'react-i18next'
import type { GoodsView } from '../../server/contract/shop.ts'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './GoodsCard.module.css'
import { GoodsPicture } from './GoodsPicture.tsx'
import { wordsOf } from './wordsOf.ts'

/** Few are worth saying. */
const FEW = 50

export function GoodsCard({ goods, onOpen }: { readonly goods: GoodsView; readonly onOpen: () => void }) {
  const { t, i18n } = useTranslation()
  const { kind, left, pictureUrl, price, perPerson } = goods
  const name = wordsOf(goods.name, i18n.language)
  const soldOut = left === 0
  return (
    <button type="button" className={styles.card} data-sold-out={soldOut || undefined} onClick={onOpen} aria-label={t('shop.open', { name })} data-testid="goods" data-id={goods.id}>
      <span className={styles.picture}>
        <GoodsPicture kind={kind} url={pictureUrl} />
        {soldOut ? <span className={styles.soldOut}>{t('shop.soldOut')}</span> : null}
      </span>
      <span className={styles.words}>
        <b>{name}</b>
        <small>
          {t(kind === 'physical' ? 'shop.physical' : 'shop.digital')}
          {left === null || soldOut || left > FEW ? '' : ` · ${t('shop.left', { count: left })}`}
          {perPerson === null ? '' : ` · ${t('shop.perPerson', { count: perPerson })}`}
        </small>
        <span className={styles.price}>
          <MoneyText amount={price} currency="coin" size={18} />
        </span>
      </span>
    </button>
  )
}
