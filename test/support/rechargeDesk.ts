// What tests of recharge do again and again: order, send notices, look at wallets, the ledger and what operators see.
import { expect } from 'vitest'
import type { AdminOrderDetail, OrderView, PackagesView, PackageView, PaymentProviderName } from '../../server/contract/recharge.ts'
import type { UserId } from '../../server/contract/ids.ts'
import { newId } from '../../server/core/newId.ts'
import { openDatabase } from '../../server/db/openDatabase.ts'
import type { Database } from '../../server/db/openDatabase.ts'
import type { TestServer } from './startServer.ts'
import type { Visitor } from './Visitor.ts'

export type Buyer = { readonly visitor: Visitor; readonly userId: UserId; readonly name: string }

export class RechargeDesk {
  readonly server: TestServer
  readonly database: Database
  operator!: Visitor

  private constructor(server: TestServer) {
    this.server = server
    this.database = openDatabase({ url: server.databaseUrl, poolSize: 2 })
  }

  static async open(server: TestServer): Promise<RechargeDesk> {
    const desk = new RechargeDesk(server)
    const { visitor, userId } = await desk.buyer('opera')
    await desk.database('users').where({ id: userId }).update({ role: 'operator' })
    desk.operator = visitor
    return desk
  }

  close(): Promise<void> {
    return this.database.destroy()
  }

  async buyer(name: string): Promise<Buyer> {
    const visitor = this.server.visitor()
    expect((await visitor.signUp(name)).status).toBe(201)
    const { id } = (await this.database('users').where({ name }).first('id')) as { id: UserId }
    return { visitor, userId: id, name }
  }

  async package(currency: string, price: string): Promise<PackageView> {
    const { body } = await this.server.visitor().call<PackagesView>('GET', '/api/recharge/packages')
    return body.packages.find((one) => one.currency === currency && one.price === price) as PackageView
  }

  async order({ visitor }: Buyer, provider: PaymentProviderName, { currency = 'CNY', price = '600', way }: { currency?: string; price?: string; way?: 'redirect' | 'qr' } = {}): Promise<OrderView> {
    const wanted = await this.package(currency, price)
    const { status, body } = await visitor.call<OrderView>('POST', '/api/recharge/orders', { body: { package: wanted.id, provider, key: newId(), ...(way ? { way } : {}) } })
    expect({ status, body }).toMatchObject({ status: 201, body: { state: 'pending', price, currency } })
    return body
  }

  /** Sends a notice as a provider does. */
  async notice(provider: string, body: string, headers: Record<string, string> = {}): Promise<number> {
    const response = await fetch(`${this.server.url}/api/recharge/notices/${provider}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } })
    await response.arrayBuffer()
    return response.status
  }

  async stateOf({ visitor }: Buyer, id: string): Promise<string> {
    return (await visitor.call<OrderView>('GET', `/api/recharge/orders/${id}`)).body.state
  }

  async detail(id: string): Promise<AdminOrderDetail> {
    const { status, body } = await this.operator.call<AdminOrderDetail>('GET', `/api/admin/recharge/orders/${id}`)
    expect(status).toBe(200)
    return body
  }

  refund(id: string, body: { amount: string; reason?: string; key?: string }) {
    return this.operator.call<AdminOrderDetail>('POST', `/api/admin/recharge/orders/${id}/refund`, { body: { reason: 'a test', key: newId(), ...body } })
  }

  /** Balance over all rows of an account. */
  async balance(kind: string, owner: string, currency: string): Promise<bigint> {
    const [row] = (await this.database('ledger_accounts').where({ kind, owner, currency }).sum({ sum: 'balance' })) as Array<{ sum: string | number | null }>
    return BigInt(row?.sum ?? 0)
  }

  coins({ userId }: Buyer): Promise<bigint> {
    return this.balance('user', userId, 'coin')
  }

  async isLocked({ userId }: Buyer): Promise<boolean> {
    return (await this.database('ledger_accounts').where({ kind: 'user', owner: userId, locked: true }).first('id')) !== undefined
  }

  /** Makes the order as old as that, and due to be looked after. */
  async age(id: string, minutes: number): Promise<void> {
    await this.database('recharge_orders').where({ id }).update({ created_at: new Date(Date.now() - minutes * 60_000), check_at: new Date() })
  }

  /** What must hold after everything: entries sum to zero in each currency, and balances are the sums of their entries. */
  async adds(): Promise<void> {
    const sums = (await this.database('ledger_accounts').groupBy('currency').select('currency').sum({ sum: 'balance' })) as Array<{ currency: string; sum: string | number }>
    for (const { currency, sum } of sums) expect(Number(sum), currency).toBe(0)
    const wrong = await this.database('ledger_accounts').leftJoin('ledger_entries', 'account_id', 'ledger_accounts.id').groupBy('ledger_accounts.id').select('ledger_accounts.id').havingRaw('COALESCE(SUM(ledger_entries.amount), 0) <> MAX(ledger_accounts.balance)')
    expect(wrong).toEqual([])
  }
}
