// The lists of words that are kept: the platform's and each channel's, replaced as a whole with their record.
import type { User } from '../../accounts/userStore.ts'
import type { ChannelId } from '../../contract/ids.ts'
import { CHANNEL_WORDS, PLATFORM_WORDS } from '../../contract/moderation.ts'
import type { LexiconView, WordEntry } from '../../contract/moderation.ts'
import type { Database } from '../../db/openDatabase.ts'
import { transact } from '../../db/transact.ts'
import type { Bus } from '../../realtime/Bus.ts'
import type { Audit } from '../Audit.ts'
import { parseLexicon, printLexicon } from './lexiconText.ts'

/** Null: the platform's. */
export type Scope = ChannelId | null
const keyOf = (scope: Scope): string => scope ?? 'platform'
const limitOf = (scope: Scope): number => (scope ? CHANNEL_WORDS : PLATFORM_WORDS)
/** Words named in the record of a change. */
const NAMED = 50

export class Lexicons {
  readonly #database: Database
  readonly #bus: Bus
  readonly #audit: Audit

  constructor({ database, bus, audit }: { database: Database; bus: Bus; audit: Audit }) {
    this.#database = database
    this.#bus = bus
    this.#audit = audit
  }

  async view(scope: Scope): Promise<LexiconView> {
    const entries = await this.read(scope)
    return { entries, text: printLexicon(entries), limit: limitOf(scope) }
  }

  /** Replaces the whole list. @throws AppError bad-request, limit-reached */
  async replace({ scope, text, actor }: { scope: Scope; text: string; actor: User }): Promise<LexiconView> {
    const entries = parseLexicon(text, limitOf(scope))
    await transact(this.#database, async (within) => {
      const row = { scope: keyOf(scope), entries: JSON.stringify(entries), changed_at: new Date() }
      // Written before the former list is read, so that changes follow each other.
      await within.raw('INSERT INTO lexicons (scope, entries, revision, changed_at) VALUES (?, ?, 0, ?) ON DUPLICATE KEY UPDATE revision = revision + 1', [row.scope, '[]', row.changed_at])
      const before = new Set((await readEntries(within, row.scope)).map(({ word }) => word))
      const after = new Set(entries.map(({ word }) => word))
      await within('lexicons').where({ scope: row.scope }).update({ ...row, revision: within.raw('revision + 1') })
      const [added, removed] = [[...after].filter((word) => !before.has(word)), [...before].filter((word) => !after.has(word))]
      const detail = { words: entries.length, added: added.length, removed: removed.length, addedWords: added.slice(0, NAMED), removedWords: removed.slice(0, NAMED) }
      await this.#audit.record({ actorId: actor.id, channelId: scope, action: 'words:set', targetId: null, reason: '', detail }, within)
    })
    this.#bus.tell('words-changed', { channelId: scope })
    return this.view(scope)
  }

  read(scope: Scope): Promise<WordEntry[]> {
    return readEntries(this.#database, keyOf(scope))
  }

  /** 0: no list was ever set. */
  async revisionOf(scope: Scope): Promise<number> {
    const row = (await this.#database('lexicons').where({ scope: keyOf(scope) }).first('revision')) as { revision: number } | undefined
    return row?.revision ?? 0
  }
}

async function readEntries(database: Database, scope: string): Promise<WordEntry[]> {
  const row = (await database('lexicons').where({ scope }).first('entries')) as { entries: string } | undefined
  return row ? (JSON.parse(row.entries) as WordEntry[]) : []
}
