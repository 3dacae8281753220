// SQL of search: the documents, what they are made from, and the full-text questions.
import type { Database } from '../../db/openDatabase.ts'
import { askForGrams, askForWords, foldText, gramsOf } from './searchText.ts'

export type DocumentKind = 'channel' | 'replay' | 'person'
export type SearchDocument = { readonly kind: DocumentKind; readonly subject: string; readonly text: string }

const BATCH = 200

/** Whether this database reads `text` by its own ngram parser (MySQL) or `grams` (MariaDB); the migration made the index accordingly. */
export async function hasNgramParser(database: Database): Promise<boolean> {
  const [rows] = (await database.raw("SHOW INDEX FROM search_documents WHERE Key_name = 'search_documents_words' AND Column_name = 'text'")) as [unknown[]]
  return rows.length > 0
}

/** Where the texts come from: one SELECT of subject and parts a kind, which `only` may narrow. */
const sources: Record<DocumentKind, { readonly id: string; readonly select: (database: Database) => ReturnType<Database> }> = {
  channel: {
    id: 'channels.id',
    select: (database) =>
      database('channels')
        .join('users', 'users.id', 'channels.owner_id')
        .select({ subject: 'channels.id' }, 'channels.name', 'channels.title', { owner: 'users.name', shown: 'users.display_name' }, database.raw("(SELECT GROUP_CONCAT(tag SEPARATOR ' ') FROM channel_tags WHERE channel_id = channels.id) AS tags")),
  },
  person: {
    id: 'users.id',
    select: (database) => database('users').where('users.disabled', false).select({ subject: 'users.id' }, 'users.name', { shown: 'users.display_name' }),
  },
  replay: {
    id: 'broadcasts.id',
    select: (database) =>
      database('replays').join('broadcasts', 'broadcasts.id', 'replays.broadcast_id').where('replays.state', 'ready').select({ subject: 'broadcasts.id' }, 'broadcasts.title'),
  },
}

type SourceRow = { subject: string; name?: string; title?: string; owner?: string; shown?: string | null; tags?: string | null }

async function readDocuments(kind: DocumentKind, question: ReturnType<Database>): Promise<SearchDocument[]> {
  const rows = (await question) as unknown as SourceRow[]
  return rows.map(({ subject, name = '', title = '', owner = '', shown, tags }) => ({ kind, subject, text: foldText(...new Set([name, owner, shown ?? '', title, tags ?? ''])) }))
}

/** The documents of these subjects as they should be now. */
export function documentsOf(database: Database, kind: DocumentKind, subjects: readonly string[]): Promise<SearchDocument[]> {
  const { id, select } = sources[kind]
  return readDocuments(kind, select(database).whereIn(id, [...subjects]))
}

/** Those that have no document yet. */
export function missingDocuments(database: Database, kind: DocumentKind): Promise<SearchDocument[]> {
  const { id, select } = sources[kind]
  const question = select(database)
    .leftJoin('search_documents', (on) => void on.on('search_documents.subject', id).andOnVal('search_documents.kind', kind))
    .whereNull('search_documents.id')
    .limit(BATCH)
  return readDocuments(kind, question)
}

/** A batch of all there are, by subject. @param after the last subject of the batch before */
export function documentsAfter(database: Database, kind: DocumentKind, after: string): Promise<SearchDocument[]> {
  const { id, select } = sources[kind]
  return readDocuments(kind, select(database).where(id, '>', after).orderBy(id).limit(BATCH))
}

/** Writes documents, and leaves those alone that say the same already. */
export async function putDocuments(database: Database, documents: readonly SearchDocument[]): Promise<void> {
  if (documents.length === 0) return
  const kept = (await database('search_documents').whereIn('subject', documents.map(({ subject }) => subject)).select('kind', 'subject', 'text')) as SearchDocument[]
  const known = new Map(kept.map((document) => [`${document.kind} ${document.subject}`, document.text]))
  const changed = documents.filter(({ kind, subject, text }) => known.get(`${kind} ${subject}`) !== text)
  if (changed.length === 0) return
  await database('search_documents')
    .insert(changed.map(({ kind, subject, text }) => ({ kind, subject, text, grams: gramsOf(text).join(' ') })))
    .onConflict()
    .merge(['text', 'grams'])
}

/** Removes documents whose subject has gone. */
export async function dropOrphans(database: Database): Promise<void> {
  await database.raw("DELETE d FROM search_documents d LEFT JOIN channels c ON c.id = d.subject WHERE d.kind = 'channel' AND c.id IS NULL")
  await database.raw("DELETE d FROM search_documents d LEFT JOIN users u ON u.id = d.subject AND u.disabled = 0 WHERE d.kind = 'person' AND u.id IS NULL")
  await database.raw("DELETE d FROM search_documents d LEFT JOIN replays r ON r.broadcast_id = d.subject AND r.state = 'ready' WHERE d.kind = 'replay' AND r.broadcast_id IS NULL")
}

/** Subjects whose text holds every word somewhere, those with the most followers (replays: the newest) first. @returns at most `limit` */
export async function findDocuments(database: Database, kind: DocumentKind, { words, ngram, limit }: { words: readonly string[]; ngram: boolean; limit: number }): Promise<string[]> {
  const question = database('search_documents as found').where('found.kind', kind)
  if (ngram) void question.whereRaw('MATCH(found.text) AGAINST (? IN BOOLEAN MODE)', [askForWords(words)])
  else void question.whereRaw('MATCH(found.grams) AGAINST (? IN BOOLEAN MODE)', [askForGrams(words)])
  // The pairs may stand apart: the text decides.
  for (const word of words) void question.whereRaw('LOCATE(?, found.text) > 0', [word])
  if (kind === 'replay') void question.join('broadcasts', 'broadcasts.id', 'found.subject').orderBy('broadcasts.started_at', 'desc')
  else {
    if (kind === 'channel') void question.join('channels', 'channels.id', 'found.subject')
    void question.leftJoin('follow_counts', 'follow_counts.user_id', kind === 'channel' ? 'channels.owner_id' : 'found.subject').orderByRaw('COALESCE(follow_counts.followers, 0) DESC')
  }
  const rows = (await question.limit(limit).select('found.subject')) as Array<{ subject: string }>
  return rows.map((row) => row.subject)
}
