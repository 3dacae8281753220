// Every setting of Footlight, with its default, range and meaning: the one place that documents and checks them.
import { z } from 'zod'
import { realCurrencies } from './money.ts'

const port = (fallback: number) => z.coerce.number().int().min(1).max(65535).default(fallback)
const whole = (fallback: number, min: number, max: number) => z.coerce.number().int().min(min).max(max).default(fallback)
const flag = (fallback: boolean) =>
  z.enum(['0', '1', 'true', 'false']).default(fallback ? '1' : '0').transform((value) => value === '1' || value === 'true')
const wordsOr = (fallback: string) =>
  z
    .string()
    .default(fallback)
    .transform((value) => value.split(',').map((word) => word.trim()).filter(Boolean))
const words = wordsOr('')

export const settingsSchema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development').describe('Which kind of run this is; set it to `production` before going public: it switches test payments off'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info').describe('The least severe log line written'),
  LOG_STDOUT: flag(false).describe('`npm start` prints every log line instead of keeping them in DATA_DIR/logs'),

  DATA_DIR: z.string().min(1).default('data').describe('Folder of the private databases, secrets and logs'),
  MEDIA_DIR: z.string().min(1).default('data/media').describe('Folder of live segments, recordings, snapshots and covers: the file store, shared by every server and bridge'),
  DATABASE_URL: z.string().default('').describe('mysql://user:password@host:3306/name; empty: `npm start` runs a private MariaDB'),
  REDIS_URL: z.string().default('').describe('redis://host:6379 or the path of a socket; empty: `npm start` runs a private Redis'),

  HTTP_HOST: z.string().default('0.0.0.0').describe('Address the web server listens on'),
  HTTP_PORT: port(3000).describe('Port of pages, API, Socket.IO, WHIP, WHEP, HLS and HTTP-FLV'),
  PUBLIC_URL: z.union([z.literal(''), z.url()]).default('').describe('How browsers reach this platform, such as https://live.example.org; empty: taken from each request'),
  TRUST_PROXY: whole(0, 0, 10).describe('How many reverse proxies stand in front (for the client address and https)'),
  EXTRA_ORIGINS: words.describe('Further origins, comma separated, whose pages may call this server with cookies'),
  EMBED_ANCESTORS: wordsOr('*')
    .refine((sources) => sources.every((source) => /^[^\s;]+$/.test(source)), 'must be sources without spaces and semicolons')
    .describe('Sites, comma separated, that may show `/embed/CHANNEL` in a frame (CSP frame-ancestors); `*`: any, `none`: no site'),

  SMTP_URL: z.union([z.literal(''), z.url({ protocol: /^smtps?$/ })]).default('').describe('Mail server, such as smtps://user:password@smtp.example.org; empty: no mail is sent'),
  MAIL_FROM: z.string().default('').describe('Sender of mails, such as Footlight <live@example.org>; needed with SMTP_URL'),

  RTMP_HOST: z.string().default('0.0.0.0').describe('Address the RTMP ingest listens on'),
  RTMP_PORT: port(1935).describe('Port of the RTMP ingest'),
  PUBLIC_RTMP_HOST: z.string().default('').describe('Host name in the RTMP URL shown to hosts; empty: that of the page'),

  WEBRTC_PORT: port(44400).describe('First WebRTC port, UDP and TCP; worker n uses this + n'),
  WEBRTC_LISTEN_IP: z.union([z.ipv4(), z.ipv6()]).default('0.0.0.0').describe('Address the WebRTC ports listen on'),
  ANNOUNCED_ADDRESS: z.string().default('').describe('Address browsers send media to; empty: detected'),
  WORKERS: whole(0, 0, 64).describe('mediasoup workers; 0: one a core'),
  VIEWERS_PER_ROUTER: whole(250, 1, 5000).describe('WebRTC viewers of one broadcast on a worker before the next worker joins in'),
  MEDIASOUP_WORKER_BIN: z.string().default('').describe('mediasoup-worker binary to use; empty: cached, downloaded or built'),

  INTERNAL_HOST: z.string().default('127.0.0.1').describe('Address the bridge and the plain RTP ports between bridge and workers use'),
  BRIDGE_PORT: port(3001).describe('Port of the bridge’s own HTTP interface'),
  SERVER_URL: z.union([z.literal(''), z.url()]).default('').describe('Where the bridge reaches the server; empty: HTTP_HOST (or loopback) and HTTP_PORT'),
  BRIDGE_URL: z.union([z.literal(''), z.url()]).default('').describe('Where the server reaches this bridge; empty: http://INTERNAL_HOST:BRIDGE_PORT'),
  INTERNAL_SECRET: z.string().default('').describe('Secret that server and bridge share, at least 16 characters; empty: `npm start` makes one'),
  APP_SECRET: z.string().default('').describe('Key that stream keys are sealed with, at least 16 characters; empty: `npm start` makes one'),

  PLAYBACK_TOKENS: z.enum(['optional', 'required']).default('optional').describe('Whether players outside the pages need a playback token for HLS, HTTP-FLV, WHEP and snapshots'),
  GRACE_SECONDS: whole(30, 1, 600).describe('How long an interrupted broadcast waits for its host'),
  SNAPSHOT_SECONDS: whole(10, 1, 600).describe('Seconds between live covers'),
  HLS_SEGMENT_SECONDS: whole(2, 1, 10).describe('Aimed length of an HLS segment'),
  HLS_WINDOW: whole(8, 3, 60).describe('Segments listed in the live playlist'),
  SESSION_DAYS: whole(30, 1, 365).describe('Days a log-in lasts'),
  SIGNUPS_PER_HOUR: whole(30, 1, 100_000).describe('Accounts that one address may make in an hour'),
  LOGIN_ATTEMPTS: whole(10, 1, 1000).describe('Wrong passwords allowed per account and address in 15 minutes'),
  CHAT_PER_USER: whole(15, 1, 100_000).describe('Chat messages that one user may send in 10 seconds'),
  CHAT_PER_ADDRESS: whole(150, 1, 1_000_000).describe('Chat messages that one address may send in 10 seconds, all its users together'),
  GIFTS_PER_USER: whole(20, 1, 100_000).describe('Gifts that one user may send in a second'),
  GIFTS_PER_ADDRESS: whole(100, 1, 1_000_000).describe('Gifts that one address may send in a second, all its users together'),

  PAYMENTS_SANDBOX: flag(false).describe('Test payments, without money, also where NODE_ENV is `production`; elsewhere they are on anyway'),
  STRIPE_SECRET_KEY: z.string().default('').describe('Stripe: secret key, such as sk_live_…; empty: no payments by Stripe'),
  STRIPE_WEBHOOK_SECRET: z.string().default('').describe('Stripe: signing secret (whsec_…) of the webhook PUBLIC_URL/api/recharge/notices/stripe'),
  STRIPE_CURRENCIES: wordsOr('USD,EUR,GBP,HKD,JPY').refine((codes) => codes.every((code) => (realCurrencies as readonly string[]).includes(code)), `must be some of ${realCurrencies.join(', ')}`).describe('Currencies that Stripe may be paid in, comma separated'),
  ALIPAY_APP_ID: z.string().default('').describe('Alipay: app id; empty: no payments by Alipay'),
  ALIPAY_PRIVATE_KEY: z.string().default('').describe('Alipay: the app’s private key (RSA2), PEM or its base64'),
  ALIPAY_PUBLIC_KEY: z.string().default('').describe('Alipay: Alipay’s public key, PEM or its base64'),
  WECHAT_MCH_ID: z.string().default('').describe('WeChat Pay: merchant id; empty: no payments by WeChat Pay'),
  WECHAT_APP_ID: z.string().default('').describe('WeChat Pay: app id that is bound to the merchant'),
  WECHAT_CERT_SERIAL: z.string().default('').describe('WeChat Pay: serial number of the merchant’s API certificate'),
  WECHAT_PRIVATE_KEY: z.string().default('').describe('WeChat Pay: private key of that certificate, PEM or its base64'),
  WECHAT_API_V3_KEY: z.union([z.literal(''), z.string().length(32, 'must have 32 characters')]).default('').describe('WeChat Pay: APIv3 key, 32 characters'),
  WECHAT_PUBLIC_KEY_ID: z.string().default('').describe('WeChat Pay: id of WeChat Pay’s public key (PUB_KEY_ID_…), or the serial number of its platform certificate'),
  WECHAT_PUBLIC_KEY: z.string().default('').describe('WeChat Pay: that public key or certificate, PEM or its base64'),
})

export type Settings = z.infer<typeof settingsSchema>

/**
 * Reads and checks the settings.
 * @throws Error with one line that names each wrong variable and what it must be.
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const given = Object.fromEntries(
    Object.keys(settingsSchema.shape)
      .map((name) => [name, env[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = settingsSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
  throw new Error(`Wrong setting: ${problems.join('; ')}`)
}
