import { expect, test } from 'vitest'
import { countTests } from '../../../../server/setup/countTests.ts'

const report = (passed: number, failed: number, files: Array<{ status: string; tests: string[] }>): string =>
  JSON.stringify({
    numPassedTests: passed,
    numFailedTests: failed,
    testResults: files.map(({ status, tests }) => ({ status, assertionResults: tests.map((state) => ({ status: state })) })),
  })

test('tests are counted as vitest counted them', () => {
  expect(countTests(report(3, 0, [{ status: 'passed', tests: ['passed', 'passed', 'passed'] }]), 0)).toEqual({ passed: 3, failed: 0 })
  expect(countTests(report(1, 1, [{ status: 'failed', tests: ['passed', 'failed'] }]), 1)).toEqual({ passed: 1, failed: 1 })
})

test('a file that cannot be loaded is a failure', () => {
  expect(countTests(report(2, 0, [{ status: 'failed', tests: [] }]), 1)).toEqual({ passed: 2, failed: 1 })
})

test('a run that fails for no test’s sake, or leaves no report, is a failure', () => {
  expect(countTests(report(2, 0, []), 1)).toEqual({ passed: 2, failed: 1 })
  expect(countTests('', 1)).toEqual({ passed: 0, failed: 1 })
  expect(countTests('', 0)).toEqual({ passed: 0, failed: 1 })
})
