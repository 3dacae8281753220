// What a host is told when a device does not open.
import { expect, test } from 'vitest'
import { captureProblem } from '../../../../web/studio/captureProblem.ts'

test.each([
  ['NotAllowedError', 'denied'],
  ['NotFoundError', 'missing'],
  ['OverconstrainedError', 'missing'],
  ['NotReadableError', 'busy'],
  ['TypeError', 'unknown'],
])('%s is %s', (name, problem) => {
  expect(captureProblem({ name, secure: true })).toBe(problem)
})

test('a plain-http page is told so first', () => {
  expect(captureProblem({ name: 'TypeError', secure: false })).toBe('insecure')
})
