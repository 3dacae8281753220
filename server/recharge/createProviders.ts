// The payment providers of this platform: those its settings have keys for, and the sandbox where nobody is asked for money.
import { realCurrencySchema } from '../contract/money.ts'
import type { Settings } from '../contract/settings.ts'
import type { PaymentProviderName } from '../contract/recharge.ts'
import type { Logger } from '../core/logger.ts'
import type { Database } from '../db/openDatabase.ts'
import { AlipayPayments } from './alipay/AlipayPayments.ts'
import type { PaymentProvider } from './PaymentProvider.ts'
import { readPrivateKey, readPublicKey } from './providerKeys.ts'
import { SandboxBook } from './sandbox/SandboxBook.ts'
import { SandboxPayments } from './sandbox/SandboxPayments.ts'
import { sandboxKey } from './sandbox/sandboxSignature.ts'
import { StripePayments } from './stripe/StripePayments.ts'
import { WechatPayments } from './wechat/WechatPayments.ts'

/** Where providers are reached; tests have their own. */
export type PaymentHosts = { readonly stripe: string; readonly alipay: string; readonly wechat: string }
export const paymentHosts: PaymentHosts = { stripe: 'https://api.stripe.com', alipay: 'https://openapi.alipay.com/gateway.do', wechat: 'https://api.mch.weixin.qq.com' }

export type Sandbox = { readonly book: SandboxBook; readonly payments: SandboxPayments }
export type Providers = { readonly all: ReadonlyMap<PaymentProviderName, PaymentProvider>; readonly sandbox: Sandbox | undefined }

/** @throws Error with one line that names the settings that are missing */
export function createProviders({ settings, hosts, database, log }: { settings: Settings; hosts: PaymentHosts; database: Database; log: Logger }): Providers {
  const sandbox = createSandbox(settings, database, log)
  const all: PaymentProvider[] = []
  const given = (...names: ReadonlyArray<keyof Settings>): boolean => allOrNone(settings, names)
  if (given('STRIPE_SECRET_KEY', 'STRIPE_WEBHOOK_SECRET')) all.push(createStripe(settings, hosts))
  if (given('ALIPAY_APP_ID', 'ALIPAY_PRIVATE_KEY', 'ALIPAY_PUBLIC_KEY')) all.push(createAlipay(settings, hosts))
  if (given('WECHAT_MCH_ID', 'WECHAT_APP_ID', 'WECHAT_CERT_SERIAL', 'WECHAT_PRIVATE_KEY', 'WECHAT_API_V3_KEY', 'WECHAT_PUBLIC_KEY_ID', 'WECHAT_PUBLIC_KEY')) all.push(createWechat(settings, hosts))
  if (sandbox) all.push(sandbox.payments)
  return { all: new Map(all.map((provider) => [provider.name, provider])), sandbox }
}

function allOrNone(settings: Settings, names: ReadonlyArray<keyof Settings>): boolean {
  const missing = names.filter((name) => settings[name] === '')
  if (missing.length > 0 && missing.length < names.length) throw new Error(`Wrong setting: ${missing.join(', ')} must be set, too, where ${names.find((name) => settings[name] !== '')} is`)
  return missing.length === 0
}

const createStripe = ({ STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET, STRIPE_CURRENCIES }: Settings, { stripe }: PaymentHosts): PaymentProvider =>
  new StripePayments({ secretKey: STRIPE_SECRET_KEY, webhookSecret: STRIPE_WEBHOOK_SECRET, currencies: STRIPE_CURRENCIES.map((code) => realCurrencySchema.parse(code)), host: stripe })

const createAlipay = ({ ALIPAY_APP_ID, ALIPAY_PRIVATE_KEY, ALIPAY_PUBLIC_KEY }: Settings, { alipay }: PaymentHosts): PaymentProvider =>
  new AlipayPayments({ appId: ALIPAY_APP_ID, privateKey: readPrivateKey('ALIPAY_PRIVATE_KEY', ALIPAY_PRIVATE_KEY), alipayKey: readPublicKey('ALIPAY_PUBLIC_KEY', ALIPAY_PUBLIC_KEY), host: alipay })

const createWechat = (settings: Settings, { wechat }: PaymentHosts): PaymentProvider =>
  new WechatPayments({
    keys: {
      mchId: settings.WECHAT_MCH_ID,
      appId: settings.WECHAT_APP_ID,
      serial: settings.WECHAT_CERT_SERIAL,
      privateKey: readPrivateKey('WECHAT_PRIVATE_KEY', settings.WECHAT_PRIVATE_KEY),
      apiKey: settings.WECHAT_API_V3_KEY,
      wechatSerial: settings.WECHAT_PUBLIC_KEY_ID,
      wechatKey: readPublicKey('WECHAT_PUBLIC_KEY', settings.WECHAT_PUBLIC_KEY),
    },
    host: wechat,
  })

function createSandbox(settings: Settings, database: Database, log: Logger): Sandbox | undefined {
  const { NODE_ENV, PAYMENTS_SANDBOX, PUBLIC_URL, SERVER_URL, HTTP_HOST, HTTP_PORT, APP_SECRET } = settings
  if (NODE_ENV === 'production' && !PAYMENTS_SANDBOX) return undefined
  if (NODE_ENV === 'production') log.warn('PAYMENTS_SANDBOX is on: anyone can have coins without paying')
  else if (PUBLIC_URL !== '' && NODE_ENV !== 'test') log.warn('test payments are on, and coins are free: set NODE_ENV=production before going public')
  const book = new SandboxBook({ database })
  const self = SERVER_URL || `http://${HTTP_HOST === '0.0.0.0' || HTTP_HOST === '::' ? '127.0.0.1' : HTTP_HOST}:${HTTP_PORT}`
  return { book, payments: new SandboxPayments({ book, key: sandboxKey(APP_SECRET), noticeUrl: new URL('/api/recharge/notices/sandbox', self).href, log }) }
}
