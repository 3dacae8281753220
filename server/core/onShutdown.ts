// Ends a process in order when it is asked to, or when the launcher that started it is gone.

/** A close that takes longer than this is cut off. */
const LIMIT_MS = 14_000

/** Runs `close` once, then exits 0 (1 when it failed or took too long). */
export function onShutdown(close: (cause: string) => Promise<void>): void {
  let stopping = false
  const stop = (cause: string): void => {
    if (stopping) return
    stopping = true
    setTimeout(() => process.exit(1), LIMIT_MS).unref()
    close(cause).then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`stopping failed: ${error instanceof Error ? error.message : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.once('SIGTERM', () => stop('SIGTERM'))
  process.once('SIGINT', () => stop('SIGINT'))
  process.once('disconnect', () => stop('the launcher is gone'))
}
