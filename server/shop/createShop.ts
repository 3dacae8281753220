// Assembles the shop: goods for coins, coins for beans.
import { RateLimiterRedis } from 'rate-limiter-flexible'
import type { Settings } from '../contract/settings.ts'
import type { Redis } from '../core/openRedis.ts'
import type { Outbox } from '../db/Outbox.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Notifications } from '../notify/Notifications.ts'
import { PictureStore } from '../pictures/PictureStore.ts'
import { servePictures } from '../pictures/servePictures.ts'
import type { Slice } from '../realtime/Slice.ts'
import type { Ledger } from '../wallet/Ledger.ts'
import type { RateBook } from '../wallet/RateBook.ts'
import { goodsAdminRoutes } from './goodsAdminRoutes.ts'
import { OrderDesk } from './OrderDesk.ts'
import { orderNotices } from './orderNotices.ts'
import { eraseAddresses } from './orderStore.ts'
import { Shelf } from './Shelf.ts'
import { shopRoutes } from './shopRoutes.ts'

/** Nobody needs more; each one locks a wallet and a kind of goods. */
const PURCHASES = { points: 60, duration: 60 }
/** In pixels. */
const PICTURE = { folder: 'goods', width: 640, height: 640, fit: 'cover' } as const

export type ShopDeps = {
  readonly settings: Settings
  readonly database: Database
  readonly redis: Redis
  readonly audit: Audit
  readonly notifications: Notifications
  readonly outbox: Outbox
  readonly ledger: Ledger
  readonly rates: RateBook
  readonly mediaDir: string
}

export function createShop({ settings, ...deps }: ShopDeps): Slice {
  const { database, redis, mediaDir } = deps
  const shared = { ...deps, secret: settings.APP_SECRET }
  const shelf = new Shelf({ ...shared, pictures: new PictureStore({ mediaDir, ...PICTURE }) })
  const desk = new OrderDesk(shared)
  const purchases = new RateLimiterRedis({ storeClient: redis, keyPrefix: 'limit:shop', ...PURCHASES })
  deps.outbox.on('goods-order-changed', orderNotices(deps))
  return {
    open: [servePictures({ mediaDir, folders: [PICTURE.folder] })],
    routes: [shopRoutes({ ...shared, desk, purchases }), goodsAdminRoutes({ ...shared, shelf, desk })],
    erase: (userId) => eraseAddresses(database, userId),
  }
}
