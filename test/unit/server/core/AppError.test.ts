import { expect, test } from 'vitest'
import { errorStatus } from '../../../../server/contract/errors.ts'
import type { ErrorCode } from '../../../../server/contract/errors.ts'
import { AppError } from '../../../../server/core/AppError.ts'

test.each(Object.keys(errorStatus) as ErrorCode[])('%s has a status and a body without its cause', (code) => {
  const error = new AppError(code, { cause: new Error('a password') })
  expect(error.status).toBeGreaterThanOrEqual(400)
  expect(JSON.stringify(error.toBody())).not.toContain('a password')
  expect(error.toBody().error.code).toBe(code)
})
