// The statement's lines, page by page, growing at the head when the wallet changes.
import { useEffect, useRef, useState } from 'react'
import type { StatementLine } from '../../server/contract/wallet.ts'
import { usePages } from '../moderation/usePages.ts'
import type { Pages } from '../moderation/usePages.ts'
import { mergeNewest } from './mergeNewest.ts'
import { writeStatementFilter } from './statementFilter.ts'
import type { StatementFilter } from './statementFilter.ts'
import { walletApi } from './walletApi.ts'

/** @param stamp another one whenever the wallet has changed; null before it is known. */
export function useStatement(filter: StatementFilter, stamp: string | null): Pages<StatementLine> {
  const key = new URLSearchParams(writeStatementFilter(filter)).toString()
  const load = async (before: string | null) => {
    const { lines, next } = await walletApi.statement(filter, before)
    return { items: lines, next }
  }
  const pages = usePages<StatementLine>(key, load)
  const [newer, setNewer] = useState<{ readonly key: string; readonly lines: readonly StatementLine[] }>({ key, lines: [] })
  const shown = pages.items === null ? null : newer.key === key ? (mergeNewest(newer.lines, pages.items) ?? pages.items) : pages.items

  const latest = useRef({ load, shown, reload: pages.reload })
  const seen = useRef(stamp)
  useEffect(() => {
    latest.current = { load, shown, reload: pages.reload }
  })
  useEffect(() => {
    // The first known balance belongs to the lines that are being loaded already.
    if (seen.current === null || seen.current === stamp) {
      seen.current = stamp
      return
    }
    seen.current = stamp
    let wanted = true
    latest.current.load(null).then(
      ({ items }) => {
        if (!wanted) return
        const { shown: now, reload } = latest.current
        const joined = now === null ? null : mergeNewest(items, now)
        if (joined === null) reload()
        else setNewer({ key, lines: joined })
      },
      // The next change asks again.
      () => undefined,
    )
    return () => {
      wanted = false
    }
  }, [stamp, key])
  return { ...pages, items: shown }
}
