// What lies over a picture: messages that fly by, and hearts; loaded once there is a chat.
import { Suspense, lazy } from 'react'
import type { ChatFeed } from '../chat/ChatFeed.ts'
import type { DanmakuSettings } from '../danmaku/danmakuSettings.ts'

const DanmakuLayer = lazy(() => import('../danmaku/DanmakuLayer.tsx').then((layer) => ({ default: layer.DanmakuLayer })))
const HeartLayer = lazy(() => import('../danmaku/HeartLayer.tsx').then((layer) => ({ default: layer.HeartLayer })))

type Props = { readonly feed: ChatFeed; readonly video: HTMLVideoElement | null; readonly settings: DanmakuSettings; readonly ownName: string | null }

export function StageOver({ feed, video, settings, ownName }: Props) {
  return (
    <Suspense>
      <DanmakuLayer source={feed} video={video} settings={settings} ownName={ownName} />
      <HeartLayer likes={feed.likes} />
    </Suspense>
  )
}
