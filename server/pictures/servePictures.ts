// Serves stored pictures: a name is never used twice, so caches may keep each for good.
import { join } from 'node:path'
import express, { Router } from 'express'

/** @param folders of the file store, each served under its own name */
export function servePictures({ mediaDir, folders }: { readonly mediaDir: string; readonly folders: readonly string[] }): Router {
  const routes = Router()
  for (const folder of folders) routes.use(`/${folder}`, express.static(join(mediaDir, folder), { immutable: true, maxAge: '1y', fallthrough: false, index: false, redirect: false }))
  return routes
}
