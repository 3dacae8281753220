// A touch, a click, or two of either, on the picture.
import { useCallback, useEffect, useRef } from 'react'
import type { PointerEvent } from 'react'
import { TapReader } from './TapReader.ts'

type Taps = ConstructorParameters<typeof TapReader>[0]
const deaf: Taps = { onTouch: () => undefined, onClick: () => undefined, onDouble: null }

/** @returns the picture's `onPointerUp`. */
export function useTaps(taps: Taps): (event: PointerEvent) => void {
  const reader = useRef<TapReader | null>(null)
  useEffect(() => {
    const mine = new TapReader(deaf)
    reader.current = mine
    return () => mine.close()
  }, [])
  // What a tap does changes with what is shown; what was tapped just now is remembered.
  useEffect(() => {
    if (reader.current !== null) reader.current.options = taps
  })
  return useCallback((event: PointerEvent) => {
    if (event.pointerType !== 'mouse') reader.current?.touch()
    else if (event.button === 0) reader.current?.click()
  }, [])
}
