// Every route an app answers, for the test that asks of each who may call it.
import type { Express } from 'express'

type Layer = { readonly route?: { readonly path: string | readonly string[]; readonly stack: ReadonlyArray<{ readonly method?: string }> }; readonly handle?: { readonly stack?: readonly Layer[] } }

/** Lines such as `GET /api/me`, each once, in the order they are tried. Middleware and static folders are no routes. */
export function listRoutes(app: Express): string[] {
  const walk = (stack: readonly Layer[]): string[] =>
    stack.flatMap(({ route, handle }) => {
      if (!route) return walk(handle?.stack ?? [])
      const methods = [...new Set(route.stack.map(({ method }) => (method ?? 'all').toUpperCase()))]
      return [route.path].flat().flatMap((path) => methods.map((method) => `${method} ${path}`))
    })
  return [...new Set(walk((app.router as unknown as { stack: readonly Layer[] }).stack))]
}
