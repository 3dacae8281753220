// What lies over a picture: messages that fly by, and hearts; loaded once there is a chat.
import { Suspense } from 'react'
import type { ChatFeed } from '../chat/ChatFeed.ts'
import { lazyPart } from '../client/lazyPart.ts'
import type { DanmakuSettings } from '../danmaku/danmakuSettings.ts'

const DanmakuLayer = lazyPart(() => import('../danmaku/DanmakuLayer.tsx').then((layer) => ({ default: layer.DanmakuLayer })))
const HeartLayer = lazyPart(() => import('../danmaku/HeartLayer.tsx').then((layer) => ({ default: layer.HeartLayer })))

type Props = { readonly feed: ChatFeed; readonly video: HTMLVideoElement | null; readonly settings: DanmakuSettings; readonly ownName: string | null }

export function StageOver({ feed, video, settings, ownName }: Props) {
  return (
    <Suspense>
      <DanmakuLayer source={feed} video={video} settings={settings} ownName={ownName} />
      <HeartLayer likes={feed.likes} />
    </Suspense>
  )
}
