// SQL of packages: what coins cost.
import type { RealCurrency } from '../contract/money.ts'
import type { AdminPackageView, PackageChange } from '../contract/recharge.ts'
import type { Database } from '../db/openDatabase.ts'

type Row = { id: string; currency: RealCurrency; price: string | number; coins: string | number; bonus: string | number; position: number; on_sale: number; badge_en: string; badge_zh: string }

const toView = (row: Row): AdminPackageView => ({
  id: row.id,
  currency: row.currency,
  price: String(row.price),
  coins: String(row.coins),
  bonus: String(row.bonus),
  position: row.position,
  onSale: Boolean(row.on_sale),
  badge: { en: row.badge_en, 'zh-CN': row.badge_zh },
})
const toColumns = ({ currency, price, coins, bonus, position, onSale, badge }: PackageChange) => ({ currency, price, coins, bonus, position, on_sale: onSale, badge_en: badge.en, badge_zh: badge['zh-CN'], changed_at: new Date() })

export async function listPackages(database: Database): Promise<AdminPackageView[]> {
  return ((await database('recharge_packages').whereNull('removed_at').orderBy('position').orderBy('currency').orderBy('price')) as Row[]).map(toView)
}

export async function findPackage(database: Database, id: string): Promise<AdminPackageView | undefined> {
  const row = (await database('recharge_packages').where({ id }).whereNull('removed_at').first()) as Row | undefined
  return row && toView(row)
}

export async function insertPackage(database: Database, id: string, change: PackageChange): Promise<void> {
  await database('recharge_packages').insert({ id, ...toColumns(change) })
}

export async function updatePackage(database: Database, id: string, change: PackageChange): Promise<void> {
  await database('recharge_packages').where({ id }).update(toColumns(change))
}

/** The row stays: orders name it. */
export async function removePackage(database: Database, id: string): Promise<void> {
  await database('recharge_packages').where({ id }).update({ removed_at: new Date() })
}
