// What a capability adds to the server: its HTTP routes, its socket handlers, and how it ends.
import type { Request, Router } from 'express'
import type { UserId } from '../contract/ids.ts'
import type { FootlightSocket } from './answer.ts'

export type Slice = {
  /** Routes that read their bodies themselves, byte by byte; neither cookies nor the origin check. */
  readonly raw?: readonly Router[]
  /** Routes that need neither cookies nor the origin check. */
  readonly open?: readonly Router[]
  /** Routes of pages: behind the origin check and the log-in lookup. */
  readonly routes?: readonly Router[]
  /** Put on every new socket. */
  readonly sockets?: ReadonlyArray<(socket: FootlightSocket) => void>
  /** Tags for the head of the page at `path`, escaped, so that a crawler without JavaScript sees its subject; undefined: none of this slice's. */
  readonly head?: (path: string, request: Request) => Promise<string | undefined>
  /** Erases what it keeps of a deleted account; repeated until it succeeds. */
  readonly erase?: (userId: UserId) => Promise<unknown>
  readonly close?: () => void | Promise<void>
}
