// The payment providers of this platform: those its settings have keys for, and the sandbox where nobody is asked for money.
import type { Settings } from '../contract/settings.ts'
import type { PaymentProviderName } from '../contract/recharge.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import type { PaymentProvider } from './PaymentProvider.ts'
import { SandboxBook } from './sandbox/SandboxBook.ts'
import { SandboxPayments } from './sandbox/SandboxPayments.ts'
import { sandboxKey } from './sandbox/sandboxSignature.ts'

/** Where providers are reached; tests have their own. */
export type PaymentHosts = { readonly stripe: string; readonly alipay: string; readonly wechat: string }
export const paymentHosts: PaymentHosts = { stripe: 'https://api.stripe.com', alipay: 'https://openapi.alipay.com/gateway.do', wechat: 'https://api.mch.weixin.qq.com' }

export type Sandbox = { readonly book: SandboxBook; readonly payments: SandboxPayments }
export type Providers = { readonly all: ReadonlyMap<PaymentProviderName, PaymentProvider>; readonly sandbox: Sandbox | undefined }

/** @throws Error with one line that names the settings that are missing */
export function createProviders({ settings, database, log }: { settings: Settings; hosts: PaymentHosts; database: Database; log: Logger }): Providers {
  const sandbox = createSandbox(settings, database, log)
  const all: PaymentProvider[] = []
  if (sandbox) all.push(sandbox.payments)
  return { all: new Map(all.map((provider) => [provider.name, provider])), sandbox }
}

function createSandbox(settings: Settings, database: Database, log: Logger): Sandbox | undefined {
  const { NODE_ENV, PAYMENTS_SANDBOX, SERVER_URL, HTTP_HOST, HTTP_PORT, APP_SECRET } = settings
  if (NODE_ENV === 'production' && !PAYMENTS_SANDBOX) return undefined
  if (NODE_ENV === 'production') log.warn('PAYMENTS_SANDBOX is on: anyone can have coins without paying')
  const book = new SandboxBook({ database })
  const self = SERVER_URL || `http://${HTTP_HOST === '0.0.0.0' || HTTP_HOST === '::' ? '127.0.0.1' : HTTP_HOST}:${HTTP_PORT}`
  return { book, payments: new SandboxPayments({ book, key: sandboxKey(APP_SECRET), noticeUrl: new URL('/api/recharge/notices/sandbox', self).href, log }) }
}
