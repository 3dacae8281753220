/** Turns vitest's report into the two numbers of the last line; whatever went wrong outside a test counts as a failure too. */
import { z } from 'zod'

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
})

export interface Count {
  passed: number
  failed: number
}

/**
 * @param report vitest's JSON report; empty when it wrote none
 * @param code vitest's exit code
 */
export function countTests(report: string, code: number): Count {
  const parsed = reportSchema.safeParse(parse(report))
  if (!parsed.success) return { passed: 0, failed: 1 }
  const { numPassedTests, numFailedTests, testResults } = parsed.data
  // A file that cannot be loaded, or whose set-up fails, has no failed test of its own.
  const brokenFiles = testResults.filter(({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed')).length
  const failed = numFailedTests + brokenFiles
  return { passed: numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
