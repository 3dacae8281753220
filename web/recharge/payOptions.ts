// The ways to pay a package: each provider that takes its currency, in each way it offers.
import type { RealCurrency } from '../../server/contract/money.ts'
import type { PackageView, PaymentProviderName, PaymentWayKind, ProviderView } from '../../server/contract/recharge.ts'

/** Those that there are words for. */
const payKeys = ['sandbox-redirect', 'stripe-redirect', 'alipay-redirect', 'alipay-qr', 'wechat-qr'] as const
export type PayOption = { readonly key: (typeof payKeys)[number]; readonly provider: PaymentProviderName; readonly way: PaymentWayKind }

export const payOptions = (providers: readonly ProviderView[], currency: RealCurrency): PayOption[] =>
  providers
    .filter(({ currencies }) => currencies.includes(currency))
    .flatMap(({ name, ways }) => ways.flatMap((way) => payKeys.filter((key) => key === `${name}-${way}`).map((key) => ({ key, provider: name, way }))))

/** Chinese readers are asked for yuan first, others for dollars. */
export function firstCurrency(currencies: readonly RealCurrency[], language: string): RealCurrency | null {
  const wanted = language === 'zh-CN' ? 'CNY' : 'USD'
  return currencies.includes(wanted) ? wanted : (currencies[0] ?? null)
}

const coinsOf = ({ coins, bonus }: PackageView): bigint => BigInt(coins) + BigInt(bonus)

/** The smallest that gives what is needed; else the one that is recommended; else the first. */
export function firstPackage(packages: readonly PackageView[], need: string | null): PackageView | null {
  const largest = packages.reduce<PackageView | null>((found, one) => (found === null || coinsOf(one) > coinsOf(found) ? one : found), null)
  if (need === null) return packages.find(({ badge }) => badge.en !== '') ?? packages[0] ?? null
  const enough = packages.filter((one) => coinsOf(one) >= BigInt(need)).reduce<PackageView | null>((found, one) => (found === null || coinsOf(one) < coinsOf(found) ? one : found), null)
  return enough ?? largest
}
