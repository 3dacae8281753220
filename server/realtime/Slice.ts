// What a capability adds to the server: its HTTP routes, its socket handlers, and how it ends.
import type { Router } from 'express'
import type { FootlightSocket } from './answer.ts'

export type Slice = {
  /** Routes of pages: behind the origin check and the log-in lookup. */
  readonly routes?: readonly Router[]
  /** Put on every new socket. */
  readonly sockets?: ReadonlyArray<(socket: FootlightSocket) => void>
  readonly close?: () => void | Promise<void>
}
