// Where the chat stands: shown or hidden (remembered), which tab a phone shows, and how high the screen is above a keyboard.
import { useCallback, useEffect, useState } from 'react'
import { remember, remembered } from '../client/remembered.ts'

const KEY = 'footlight.chatHidden'

export function useChatPlace(): { readonly collapsed: boolean; readonly collapse: (collapsed: boolean) => void; readonly tab: 'chat' | 'about'; readonly setTab: (tab: 'chat' | 'about') => void; /** What is told matters more than the chat, as long as no tab is chosen. */ readonly preferAbout: () => void; /** Pixels that can be seen; null: all of the window. */ readonly visible: number | null } {
  const [collapsed, setCollapsed] = useState(() => remembered(KEY) === '1')
  const [tab, setTab] = useState<'chat' | 'about' | null>(null)
  const [preferred, setPreferred] = useState<'chat' | 'about'>('chat')
  const [visible, setVisible] = useState<number | null>(null)
  const collapse = useCallback((next: boolean) => {
    remember(KEY, next ? '1' : '0')
    setCollapsed(next)
  }, [])
  const preferAbout = useCallback(() => setPreferred('about'), [])
  useEffect(() => {
    const viewport = window.visualViewport
    if (viewport === null) return
    // A phone's keyboard covers the page without telling its layout.
    const update = () => {
      const covered = viewport.scale === 1 && window.innerHeight - viewport.height > 80
      setVisible(covered ? Math.round(viewport.height) : null)
    }
    viewport.addEventListener('resize', update)
    return () => viewport.removeEventListener('resize', update)
  }, [])
  return { collapsed, collapse, tab: tab ?? preferred, setTab, preferAbout, visible }
}
