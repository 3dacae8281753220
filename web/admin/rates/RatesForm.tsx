// All rates with what each means, told by an example that follows what is typed.
import { Card, Select, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { realCurrencies } from '../../../server/contract/money.ts'
import type { Rates, RatesChange } from '../../../server/contract/rates.ts'
import { quoteWithdrawal } from '../../../server/contract/withdrawalQuote.ts'
import { formatAmount, formatMoney } from '../../i18n/formatMoney.ts'
import { AmountRate, NumberRate, PercentRate, RateRow } from './RateFields.tsx'
import styles from './Rates.module.css'

/** Coins and beans of the examples. */
const COINS = 1000n
const BEANS = 12_345n
const days = Array.from({ length: 31 }, (_none, index) => ({ value: index + 1, label: String(index + 1) }))

type Props = { readonly rates: Rates; readonly onChange: (change: RatesChange) => void }

export function RatesForm(props: Props) {
  return (
    <div className={styles.cards}>
      <Shares {...props} />
      <GuardPrices {...props} />
      <Exchange {...props} />
      <Withdrawal {...props} />
    </div>
  )
}

const shareOf = (coins: bigint, basisPoints: number): string => String((coins * BigInt(basisPoints)) / 10_000n)

function Shares({ rates, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const shown = (amount: bigint | string) => formatAmount(String(amount), i18n.language)
  return (
    <Card title={t('income.admin.sharesTitle')}>
      {(['giftShare', 'guardShare', 'ticketShare'] as const).map((name) => (
        <PercentRate key={name} name={name} value={rates[name]} onChange={(value) => onChange({ [name]: value })} hint={t('income.admin.shareHint', { coins: shown(COINS), beans: shown(shareOf(COINS, rates[name])) })} />
      ))}
    </Card>
  )
}

function GuardPrices({ rates, onChange }: Props) {
  const { t, i18n } = useTranslation()
  return (
    <Card title={t('income.admin.guardTitle')}>
      {(['guardWeek', 'guardMonth', 'guardYear'] as const).map((name) => (
        <AmountRate key={name} name={name} value={rates[name]} minimum={1n} onChange={(value) => onChange({ [name]: value })} hint={t('income.admin.guardHint', { beans: formatAmount(shareOf(BigInt(rates[name]), rates.guardShare), i18n.language) })} />
      ))}
    </Card>
  )
}

function Exchange({ rates, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const { exchangeBeans, exchangeCoins } = rates
  const coins = (BEANS * BigInt(exchangeCoins)) / BigInt(exchangeBeans)
  return (
    <Card title={t('income.admin.exchangeTitle')}>
      <NumberRate name="exchangeBeans" value={exchangeBeans} onChange={(value) => onChange({ exchangeBeans: value })} />
      <NumberRate name="exchangeCoins" value={exchangeCoins} onChange={(value) => onChange({ exchangeCoins: value })} hint={t('income.admin.exchangeHint', { beans: formatAmount(String(BEANS), i18n.language), coins: formatAmount(String(coins), i18n.language) })} />
    </Card>
  )
}

function Withdrawal({ rates, onChange }: Props) {
  const { t, i18n } = useTranslation()
  const rate = { beansPerMinorUnit: rates.beansPerMinorUnit, cutBasisPoints: rates.withdrawalCut }
  const money = (amount: bigint | string) => formatMoney(String(amount), rates.payoutCurrency, i18n.language)
  const example = quoteWithdrawal(BEANS, rate)
  const least = quoteWithdrawal(BigInt(rates.withdrawalMinimum), rate)
  return (
    <Card title={t('income.admin.withdrawalTitle')}>
      <RateRow name="payoutCurrency">
        {(id) => <Select id={id} value={rates.payoutCurrency} options={realCurrencies.map((value) => ({ value, label: value }))} onChange={(value) => onChange({ payoutCurrency: value })} />}
      </RateRow>
      <NumberRate name="beansPerMinorUnit" value={rates.beansPerMinorUnit} onChange={(value) => onChange({ beansPerMinorUnit: value })} hint={t('income.admin.rateHint', { beans: formatAmount(String(BEANS), i18n.language), gross: money(example.gross) })} />
      <PercentRate name="withdrawalCut" value={rates.withdrawalCut} onChange={(value) => onChange({ withdrawalCut: value })} hint={t('income.admin.cutHint', { gross: money(example.gross), cut: money(example.cut), money: money(example.money) })} />
      <AmountRate name="withdrawalMinimum" value={rates.withdrawalMinimum} onChange={(value) => onChange({ withdrawalMinimum: value })} hint={t('income.admin.minimumHint', { money: money(least.money) })} />
      <AmountRate name="withdrawalMonthlyCap" value={rates.withdrawalMonthlyCap} onChange={(value) => onChange({ withdrawalMonthlyCap: value })} hint={t('income.admin.capHint')} />
      <AmountRate name="withdrawalTwoPeople" value={rates.withdrawalTwoPeople} onChange={(value) => onChange({ withdrawalTwoPeople: value })} hint={t('income.admin.twoHint', { money: money(rates.withdrawalTwoPeople) })} />
      <RateRow name="withdrawalDays" hint={t('income.admin.daysHint')}>
        {(id) => <Select id={id} mode="multiple" allowClear value={[...rates.withdrawalDays]} options={days} onChange={(value: number[]) => onChange({ withdrawalDays: value.toSorted((one, other) => one - other) })} />}
      </RateRow>
      <RateRow name="withdrawalNeedsName" hint={t('income.admin.nameHint')}>
        {(id) => <Switch id={id} checked={rates.withdrawalNeedsName} onChange={(value) => onChange({ withdrawalNeedsName: value })} />}
      </RateRow>
    </Card>
  )
}
