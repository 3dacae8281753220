// The operator's command line: `npm run -s cli -- channel create NAME` and its sisters; every answer is JSON on standard output.
import { parseArgs } from 'node:util'
import { readSettings } from './contract/settings.ts'
import { requireServices } from './core/requireServices.ts'
import { Operator } from './operator/Operator.ts'
import { withPlatformEnvironment } from './setup/platformEnvironment.ts'

type Command = { readonly usage: string; readonly run: (operator: Operator, names: readonly string[], options: Options) => Promise<object>; /** Whether an answer is bad news, told by the exit code 1. */ readonly isBad?: (result: object) => boolean }
type Options = { readonly role?: string; readonly owner?: string; readonly title?: string; readonly password?: string }

const commands: Record<string, Command> = {
  'channel create': { usage: 'NAME [--title TITLE] [--owner USER]', run: (operator, [name = ''], { title, owner }) => operator.createChannel({ name, ...(title ? { title } : {}), ...(owner ? { owner } : {}) }) },
  'channel list': { usage: '', run: (operator) => operator.listChannels() },
  'broadcast list': { usage: '', run: (operator) => operator.listBroadcasts() },
  'broadcast stop': { usage: 'CHANNEL', run: (operator, [channel = '']) => operator.stopBroadcast({ channel }) },
  'user create': { usage: 'NAME [--role user|operator|admin] [--password PASSWORD]', run: (operator, [name = ''], { role, password }) => operator.createUser({ name, ...(role ? { role } : {}), ...(password ? { password } : {}) }) },
  'user reset-password': { usage: 'NAME [--password PASSWORD]', run: (operator, [name = ''], { password }) => operator.resetPassword({ name, ...(password ? { password } : {}) }) },
  'user set-role': { usage: 'NAME user|operator|admin', run: (operator, [name = '', role = '']) => operator.setRole({ name, role }) },
  'user disable': { usage: 'NAME', run: (operator, [name = '']) => operator.setDisabled({ name, disabled: true }) },
  'user enable': { usage: 'NAME', run: (operator, [name = '']) => operator.setDisabled({ name, disabled: false }) },
  'user ensure-admin': { usage: '', run: (operator) => operator.ensureAdmin() },
  'ledger reconcile': { usage: '', run: (operator) => operator.reconcile(), isBad: (result) => 'differences' in result && (result.differences as readonly unknown[]).length > 0 },
  migrate: { usage: '', run: (operator) => operator.migrate() },
}

process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  let operator: Operator | undefined
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: { role: { type: 'string' }, owner: { type: 'string' }, title: { type: 'string' }, password: { type: 'string' } },
    })
    const length = positionals[0] === 'migrate' ? 1 : 2
    const command = commands[positionals.slice(0, length).join(' ')]
    if (!command) return usage()
    operator = new Operator(requireServices(readSettings(await withPlatformEnvironment(process.env))))
    const result = await command.run(operator, positionals.slice(length), values)
    for (const line of Array.isArray(result) ? (result as object[]) : [result]) console.log(JSON.stringify(line))
    return command.isBad?.(result) ? 1 : 0
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error))
    return 1
  } finally {
    await operator?.close()
  }
}

function usage(): number {
  console.error(['Usage: npm run -s cli -- COMMAND', ...Object.entries(commands).map(([name, { usage: rest }]) => `  ${name} ${rest}`.trimEnd())].join('\n'))
  return 2
}
