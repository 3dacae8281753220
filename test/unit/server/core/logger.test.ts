import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('secrets are replaced wherever they stand in a logged object', () => {
  const script = `
    import { createLogger } from './server/core/logger.ts'
    const log = createLogger({ name: 'test', level: 'info' })
    log.info({ streamKey: 'S1', request: { headers: { authorization: 'S2', cookie: 'S3' } }, user: { password: 'S4' } }, 'hello')`
  const output = execFileSync(process.execPath, ['--input-type=module-typescript', '--disable-warning=ExperimentalWarning', '-e', script], { encoding: 'utf8' })
  expect(output).toContain('hello')
  expect(output).not.toMatch(/S[1-4]/)
})
