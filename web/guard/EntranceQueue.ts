// Whose entrance is shown next: one after the other, the longest term first, and no more than anyone would watch.
import { guardTerms } from '../../server/contract/guard.ts'
import type { GuardTerm } from '../../server/contract/guard.ts'

export type Entrance = { readonly id: string; readonly name: string; readonly term: GuardTerm; /** Became a guard just now. */ readonly bought: boolean }

const MAX_WAITING = 8
const weight = ({ term, bought }: Entrance) => guardTerms.indexOf(term) + (bought ? guardTerms.length : 0)

export class EntranceQueue {
  #waiting: Entrance[] = []

  get waiting(): number {
    return this.#waiting.length
  }

  /** Who became a guard goes first, then longer terms; among equals who came first. The least of too many are left out. */
  add(entrance: Entrance): void {
    if (this.#waiting.some(({ id }) => id === entrance.id)) return
    this.#waiting = [...this.#waiting, entrance].toSorted((a, b) => weight(b) - weight(a)).slice(0, MAX_WAITING)
  }

  take(): Entrance | null {
    return this.#waiting.shift() ?? null
  }
}
