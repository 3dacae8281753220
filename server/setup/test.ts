/** `npm test`: sets the machine up as a start does, plus a browser, then runs every check there is and counts them. */
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { buildPages } from './buildPages.ts'
import { countTests } from './countTests.ts'
import type { Count } from './countTests.ts'
import { runtimePackages, testPackages } from './debianPackages.ts'
import { prepareMachine } from './prepareMachine.ts'
import { runVisibly } from './runVisibly.ts'

const root = path.resolve(import.meta.dirname, '../..')
const log = (line: string): void => console.log(line)

const counts: Count[] = []
try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  counts.push({ passed: 0, failed: 1 })
}
const passed = counts.reduce((sum, count) => sum + count.passed, 0)
const failed = counts.reduce((sum, count) => sum + count.failed, 0)
log('')
log(`${passed} passed, ${failed} failed`)
process.exit(failed === 0 ? 0 : 1)

/** `chosen` goes to vitest, to run some tests only; types and lint are then left out. */
async function main(chosen: string[]): Promise<void> {
  heading('Set-up')
  const packages = [...runtimePackages({ privateMariadb: true, privateRedis: true }), ...testPackages]
  const { workerBin } = await prepareMachine({ packages, log })
  log('Everything is there.')
  const env: NodeJS.ProcessEnv = { ...process.env, NODE_ENV: 'test', MEDIASOUP_WORKER_BIN: workerBin }

  if (chosen.length === 0) {
    counts.push(await check('Types', 'typescript/bin/tsc', ['--noEmit', '-p', 'tsconfig.json'], env))
    if (existsSync(path.join(root, 'web/tsconfig.json'))) {
      counts.push(await check('Types of the web pages', 'typescript/bin/tsc', ['--noEmit', '-p', 'web/tsconfig.json'], env))
    }
    counts.push(await check('Lint', 'eslint/bin/eslint.js', ['.'], env))
  }
  heading('Web pages')
  counts.push(await buildPages({ root, log }).then(passedOne, failedOne))
  counts.push(await vitest(chosen, env))
}

async function check(title: string, bin: string, args: string[], env: NodeJS.ProcessEnv): Promise<Count> {
  heading(title)
  const code = await runVisibly({ cwd: root, bin: path.join(root, 'node_modules', bin), args, env })
  return code === 0 ? passedOne() : failedOne(`${title}: code ${code}`)
}

async function vitest(chosen: string[], env: NodeJS.ProcessEnv): Promise<Count> {
  heading('Tests: unit, architecture, integration, end to end')
  const folder = await mkdtemp(path.join(os.tmpdir(), 'footlight-report-'))
  const report = path.join(folder, 'report.json')
  try {
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...chosen]
    const code = await runVisibly({ cwd: root, bin: path.join(root, 'node_modules/vitest/vitest.mjs'), args, env })
    return countTests(await readFile(report, 'utf8').catch(() => ''), code)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function passedOne(): Count {
  log('passed')
  return { passed: 1, failed: 0 }
}

/** The tests still run: most of them need no pages. */
function failedOne(error: unknown): Count {
  log(error instanceof Error ? error.message : String(error))
  log('FAILED')
  return { passed: 0, failed: 1 }
}

function heading(title: string): void {
  log(`\n== ${title} ==\n`)
}
