// The only wiring: builds every room of the server from the settings, and takes it down again in order.
import { createServer } from 'node:http'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { Router } from 'express'
import type { Express, Request } from 'express'
import type { Settings } from './contract/settings.ts'
import { createAccounts } from './accounts/createAccounts.ts'
import { authenticate } from './accounts/authenticate.ts'
import { Visitors } from './accounts/Visitors.ts'
import { Channels } from './channels/Channels.ts'
import { createChat } from './chat/createChat.ts'
import { listen } from './core/listen.ts'
import type { Logger } from './core/logger.ts'
import { openRedis } from './core/openRedis.ts'
import { Outbox } from './db/Outbox.ts'
import { openDatabase } from './db/openDatabase.ts'
import { createWallet } from './wallet/createWallet.ts'
import type { PaymentHosts } from './recharge/createProviders.ts'
import { createRecharge } from './recharge/createRecharge.ts'
import { createGuard } from './guard/createGuard.ts'
import { Guards } from './guard/Guards.ts'
import { createGifts } from './gifts/createGifts.ts'
import { createTickets } from './tickets/createTickets.ts'
import type { TicketOffice } from './tickets/TicketOffice.ts'
import { createShop } from './shop/createShop.ts'
import { createWithdrawal } from './withdrawal/createWithdrawal.ts'
import { createDiscovery } from './discovery/createDiscovery.ts'
import { createHttpApp } from './http/createHttpApp.ts'
import { healthRoutes } from './http/healthRoutes.ts'
import { limitByAddress } from './http/limitByAddress.ts'
import { listRoutes } from './http/listRoutes.ts'
import { originRule, refuseForeignPages } from './http/originRule.ts'
import { Audience } from './live/Audience.ts'
import { Bridges } from './live/bridges/Bridges.ts'
import { closeChannel } from './live/closeChannel.ts'
import { ChannelUrls } from './live/ChannelUrls.ts'
import { ChannelViews } from './live/ChannelViews.ts'
import { internalRoutes } from './live/internalRoutes.ts'
import { Live } from './live/Live.ts'
import { LiveDirectory } from './live/LiveDirectory.ts'
import { liveRoutes } from './live/liveRoutes.ts'
import { LockedHosts } from './live/LockedHosts.ts'
import { NoticeBoard } from './live/NoticeBoard.ts'
import { PaidShows } from './live/PaidShows.ts'
import { PlaybackGate } from './live/PlaybackGate.ts'
import { playbackRoutes } from './live/playbackRoutes.ts'
import { PlaybackTokens } from './live/PlaybackTokens.ts'
import { publishSockets } from './live/publishSockets.ts'
import { replayDoor } from './live/replayDoor.ts'
import type { ReplayDoor } from './live/replayDoor.ts'
import { ReplayFinisher } from './live/ReplayFinisher.ts'
import { SeatBook } from './live/SeatBook.ts'
import { ServerLease } from './live/ServerLease.ts'
import { tellRooms } from './live/tellRooms.ts'
import { ViewerCount } from './live/ViewerCount.ts'
import { watchSockets } from './live/watchSockets.ts'
import { admitToWhep } from './live/whip/admitToWhep.ts'
import { whepRoutes } from './live/whip/whepRoutes.ts'
import { whipRoutes } from './live/whip/whipRoutes.ts'
import { Mailer } from './mail/Mailer.ts'
import { Room } from './media/Room.ts'
import { WorkerPool } from './media/WorkerPool.ts'
import { createModeration } from './moderation/createModeration.ts'
import type { Standings } from './moderation/Standings.ts'
import { createNotify } from './notify/createNotify.ts'
import { servePictures } from './pictures/servePictures.ts'
import { createPresence } from './presence/createPresence.ts'
import { createPrivateChat } from './privateChat/createPrivateChat.ts'
import { Bus } from './realtime/Bus.ts'
import { createSocketServer, serveSockets } from './realtime/createSocketServer.ts'
import { followAccounts } from './realtime/followAccounts.ts'
import { LogInSweep } from './realtime/LogInSweep.ts'
import type { Slice } from './realtime/Slice.ts'
import { replayRoutes } from './replay/replayRoutes.ts'
import { createReports } from './reports/createReports.ts'
import { createSchedule } from './schedule/createSchedule.ts'
import { createSocial } from './social/createSocial.ts'
import { createJoinTimes, createMetrics } from './stats/metrics.ts'

/** A player that does not connect holds a transport for 30 s; many viewers may share an address. */
const WHEP_JOINS = { points: 120, seconds: 10 }
/** Decoding one may take half a second of a core. */
const PICTURES = { points: 120, seconds: 600 }
/** Requests of one address a minute that read or write a good deal; people of one house or school share it. */
const COSTLY = { points: 1200, seconds: 60 }
/** What is costly beside the limits that rooms have of their own. */
const costly = [
  { name: 'people', method: 'GET', paths: ['/api/people', '/api/channels/:name/people'] },
  { name: 'channels', method: 'POST', paths: ['/api/channels'] },
  { name: 'words', method: 'PUT', paths: ['/api/channels/:name/moderation/words', '/api/moderation/words'] },
  { name: 'profile', method: 'PATCH', paths: ['/api/me/profile'] },
]
const DRAIN_MS = 1500
/** Requests still running then (endless FLV bodies among them) are cut off. */
const LAST_REQUESTS_MS = 2000

/** `paymentHosts`: where payment providers are reached, if not at their own addresses. */
export type AppOptions = { readonly paymentHosts?: PaymentHosts }

export type App = {
  readonly port: number
  /** Every HTTP route, such as `GET /api/me`. */
  routes(): string[]
  close(): Promise<void>
}

/** @throws Error with one clear line when a port is taken or a part does not start */
export async function startApp(settings: Settings, log: Logger, { paymentHosts }: AppOptions = {}): Promise<App> {
  const database = openDatabase({ url: settings.DATABASE_URL })
  const connectRedis = (patient: boolean) => openRedis({ url: settings.REDIS_URL, patient, onError: (error) => log.warn({ err: error }, 'Redis is out of reach') })
  const redis = connectRedis(false)
  const adapterRedis = { publish: connectRedis(true), subscribe: connectRedis(true) }
  const mailer = new Mailer({ settings, log })
  const visitors = new Visitors({ secret: settings.APP_SECRET, trustProxy: settings.TRUST_PROXY })
  const accountSlice = createAccounts({ settings, database, redis, mailer, log })
  const { accounts } = accountSlice
  const channels = new Channels({ database, mediaDir: settings.MEDIA_DIR, appSecret: settings.APP_SECRET })
  const bridges = new Bridges({ secret: settings.INTERNAL_SECRET, log })
  const lease = await ServerLease.open({ database, port: settings.HTTP_PORT, log })
  const viewers = new ViewerCount({ book: new SeatBook({ redis, serverId: lease.id }), log })
  const notices = new NoticeBoard({ redis })
  const finisher = new ReplayFinisher({ database, redis, serverId: lease.id, bridges, log })
  const pool = await WorkerPool.create({
    size: settings.WORKERS || availableParallelism(),
    workerBin: settings.MEDIASOUP_WORKER_BIN,
    webRtc: { listenIp: settings.WEBRTC_LISTEN_IP, port: settings.WEBRTC_PORT, announcedAddress: settings.ANNOUNCED_ADDRESS },
    internalHost: settings.INTERNAL_HOST,
    log,
  })
  const mayCall = originRule({ publicUrl: settings.PUBLIC_URL, extraOrigins: settings.EXTRA_ORIGINS, trustProxy: settings.TRUST_PROXY })
  const http = createServer()
  const sockets = createSocketServer({ http, mayCall, accounts, visitors, adapterRedis })
  const bus = new Bus(sockets)
  const logInSweep = new LogInSweep({ sockets, accounts, redis, log })
  const live = new Live({
    database,
    serverId: lease.id,
    bus,
    channels,
    bridges,
    viewers,
    notices,
    finisher,
    log,
    graceSeconds: settings.GRACE_SECONDS,
    openRoom: (id) => Room.create({ id, pool, viewersPerRouter: settings.VIEWERS_PER_ROUTER, segmentSeconds: settings.HLS_SEGMENT_SECONDS, log }),
  })
  const lockedHosts = new LockedHosts({ live, database, bus, log })
  const directory = new LiveDirectory({ live, database, redis, log })
  const joinTimes = createJoinTimes()
  const outbox = new Outbox({ database, log })
  const { slices, standings, office, mayReplay } = createSlices()
  const audience = new Audience({ standings, bus, log })
  const shows = new PaidShows({ access: office, directory, bus, log })
  const httpApp = createHttp()
  http.on('request', httpApp)
  serveSockets(sockets, [
    (socket) => watchSockets(socket, { accounts, channels, live, directory, audience, shows, viewers, log, onJoined: ({ mode, seconds }) => joinTimes.observe({ mode }, seconds) }),
    (socket) => publishSockets(socket, { accounts, channels, live, directory, viewers, notices, log }),
    ...slices.flatMap((slice) => slice.sockets ?? []),
  ])
  tellRooms(sockets, { live, viewers })
  await listen(http, { host: settings.HTTP_HOST, port: settings.HTTP_PORT, setting: 'HTTP_PORT' })
  // Who listens here knows that the former process at this address is gone, and takes up what it carried.
  await lease.replaceFormer()
  await live.recover()
  outbox.start()
  log.info({ port: settings.HTTP_PORT }, 'server listening')
  accountSlice.deletion.begin([(userId) => closeChannel({ channels, live, database, mediaDir: settings.MEDIA_DIR }, userId), ...slices.flatMap((slice) => slice.erase ?? [])])

  /** Downhill order: a slice is given those before it. */
  function createSlices(): { readonly slices: Slice[]; readonly standings: Standings; readonly office: TicketOffice; readonly mayReplay: ReplayDoor } {
    const { MEDIA_DIR: mediaDir } = settings
    followAccounts({ accounts, sockets, bus })
    const shared = { settings, database, redis, bus, sockets, accounts, channels, live, directory, viewers, mailer, mediaDir, log }
    const guards = new Guards(shared)
    const moderation = createModeration({ ...shared, guards })
    const { standings, sanctions, words, audit } = moderation
    const social = createSocial({ ...shared, standings })
    const { follows, blocks } = social
    const notify = createNotify({ ...shared, follows, blocks })
    const { notifications } = notify
    moderation.moderators.on('moderator-added', ({ channel, actor, target }) => {
      notifications
        .add({ kind: 'moderator', userIds: [target.id], actorId: actor.id, channelId: channel.id, text: channel.title, link: `/c/${channel.name}` })
        .catch((error: unknown) => log.warn({ err: error }, 'a new moderator was not notified'))
    })
    const wallet = createWallet({ ...shared, audit })
    const { ledger, rates, reconciliation } = wallet
    const trade = { ...shared, standings, audit, notifications, outbox, ledger, rates, reconciliation }
    const guard = createGuard({ ...trade, guards })
    const gifts = createGifts({ ...trade, guards })
    const tickets = createTickets({ ...trade, visitors })
    const { office } = tickets
    const mayReplay = replayDoor({ database, visitors, access: office })
    const chat = createChat({ ...shared, standings, sanctions, words, audit, follows, blocks, notifications, guards, gifts, outbox, replayDoor: mayReplay })
    const slices = [
      moderation,
      social,
      notify,
      wallet,
      createRecharge({ ...trade, hosts: paymentHosts }),
      guard,
      gifts,
      tickets,
      createShop(trade),
      createWithdrawal(trade),
      createPresence({ ...shared, standings, guards }),
      chat,
      createPrivateChat({ ...shared, blocks, follows, words }),
      createSchedule({ ...shared, notifications }),
      createReports({ ...shared, standings, audit, notifications, deleteMessage: chat.deleteMessage }),
      createDiscovery({ ...shared, visitors, blocks, standings }),
    ]
    return { slices, standings, office, mayReplay }
  }

  /** Tags for a page's head, of the first slice that has any to say of its path. */
  async function headOf(request: Request): Promise<string | undefined> {
    for (const slice of slices) {
      const tags = await slice.head?.(request.path, request)
      if (tags !== undefined) return tags
    }
    return undefined
  }

  function createHttp(): Express {
    const urls = new ChannelUrls({ publicUrl: settings.PUBLIC_URL, rtmpHost: settings.PUBLIC_RTMP_HOST, rtmpPort: settings.RTMP_PORT, httpPort: settings.HTTP_PORT })
    const views = new ChannelViews({ database, directory, mediaDir: settings.MEDIA_DIR, snapshotSeconds: settings.SNAPSHOT_SECONDS })
    const tokens = new PlaybackTokens({ secret: settings.APP_SECRET })
    const gate = new PlaybackGate({ database, redis, accounts, channels, visitors, audience, tokens, bus, required: settings.PLAYBACK_TOKENS === 'required' })
    const metrics = createMetrics({ live, viewers, joinTimes, poolStats: () => pool.stats(), bridges })
    return createHttpApp({
      trustProxy: settings.TRUST_PROXY,
      log,
      pagesDir: join(import.meta.dirname, '../web/dist'),
      renderPage: headOf,
      embedAncestors: settings.EMBED_ANCESTORS,
      raw: [
        ...slices.flatMap((slice) => slice.raw ?? []),
        Router().use('/whep', limitByAddress({ redis, name: 'whep', method: 'POST', ...WHEP_JOINS })),
        whipRoutes({ live, log }),
        whepRoutes({ live, admit: (request, name) => admitToWhep({ gate, audience, directory, shows }, request, name), log }),
      ],
      open: [
        healthRoutes({ database, redis, metrics, draining: () => live.draining, bridges: () => bridges.count }),
        internalRoutes({ live, bridges, channels, secret: settings.INTERNAL_SECRET }),
        accountSlice.internal,
        playbackRoutes({ database, live, directory, gate, audience, shows, bridges, viewers, mediaDir: settings.MEDIA_DIR }),
        ...slices.flatMap((slice) => slice.open ?? []),
        servePictures({ mediaDir: settings.MEDIA_DIR, folders: ['covers', 'avatars'] }),
      ],
      pageApi: [
        refuseForeignPages(mayCall),
        visitors.remember(),
        authenticate(accounts),
        Router().use(['/api/me/avatar', '/api/channels/:name/cover'], limitByAddress({ redis, name: 'picture', method: 'PUT', ...PICTURES })),
        ...costly.map(({ name, method, paths }) => Router().use(paths, limitByAddress({ redis, name, method, ...COSTLY }))),
        ...accountSlice.routes,
        liveRoutes({ channels, live, views, urls, visitors, audience, tokens }),
        replayRoutes({ database, mediaDir: settings.MEDIA_DIR, door: mayReplay }),
        ...slices.flatMap((slice) => slice.routes ?? []),
      ],
    })
  }

  let closing: Promise<void> | undefined
  const close = async (): Promise<void> => {
    live.drain()
    sockets.local.emit('server:draining', {})
    // Pages move over and load balancers see /readyz say no while what was begun still ends well.
    await wait(DRAIN_MS)
    logInSweep.close()
    lockedHosts.close()
    live.close()
    await lease.close()
    directory.close()
    audience.close()
    shows.close()
    viewers.close()
    bridges.close()
    finisher.close()
    http.closeIdleConnections()
    setTimeout(() => http.closeAllConnections(), LAST_REQUESTS_MS).unref()
    await sockets.close()
    await outbox.close()
    for (const slice of slices.toReversed()) await slice.close?.()
    accountSlice.close()
    mailer.close()
    await pool.close()
    await redis.quit().catch(() => redis.disconnect())
    for (const connection of Object.values(adapterRedis)) connection.disconnect()
    await database.destroy()
  }
  return { port: settings.HTTP_PORT, routes: () => listRoutes(httpApp), close: () => (closing ??= close()) }
}
