// Shares a periodic task among all servers: of each turn exactly one server has it.
import type { Database } from '../db/openDatabase.ts'

/**
 * @param turn grows with time, such as seconds / 15
 * @param within a transaction, so that a turn whose work fails is not taken
 * @returns whether this server has the turn
 */
export async function takeTurn(within: Database, task: 'ranking' | 'search', turn: number): Promise<boolean> {
  return (await within('task_turns').where({ task }).where('turn', '<', turn).update({ turn })) === 1
}
