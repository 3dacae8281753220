// Whether picture and chat stand one above the other, as WatchPage.module.css has it on phones.
import { useSyncExternalStore } from 'react'

const query = () => matchMedia('(max-width: 900px)')
const subscribe = (listener: () => void) => {
  const media = query()
  media.addEventListener('change', listener)
  return () => media.removeEventListener('change', listener)
}

export const useNarrow = (): boolean => useSyncExternalStore(subscribe, () => query().matches)
