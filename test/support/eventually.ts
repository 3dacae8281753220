// Waits for something to become true by asking again, never by sleeping for a guess.

/** @throws Error naming what did not happen in time, with the last failure as its cause */
export async function eventually(what: string, isTrue: () => Promise<boolean> | boolean, limitMs = 15_000): Promise<void> {
  const deadline = Date.now() + limitMs
  let failure: unknown
  for (;;) {
    try {
      if (await isTrue()) return
    } catch (error) {
      failure = error
    }
    if (Date.now() > deadline) throw new Error(`Not within ${limitMs} ms: ${what}`, { cause: failure })
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}
