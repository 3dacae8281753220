/** ninja prints a line a file; a person wants one a little while. */

/** The form in which `ninja` is asked to count (its NINJA_STATUS variable): finished of total. */
export const NINJA_STATUS = '[%f/%t] '

/**
 * Returns a function that takes ninja's lines and gives back a line to show, at most one every `stepPercent`,
 * or undefined. ninja's total may grow while it runs; shown progress never goes back.
 */
export function ninjaProgress(stepPercent = 5): (line: string) => string | undefined {
  let shown = -stepPercent
  return (line) => {
    const counter = /^\[(\d+)\/(\d+)\]/.exec(line)
    if (!counter) return undefined
    const [done, total] = [Number(counter[1]), Number(counter[2])]
    if (total === 0) return undefined
    const percent = Math.floor((100 * done) / total)
    if (percent < shown + stepPercent && !(done === total && shown < 100)) return undefined
    shown = percent
    return `${String(percent).padStart(3)} %  (${done} of ${total} files)`
  }
}
