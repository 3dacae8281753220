// The settings a process cannot run without, where nothing started its databases for it.
import type { Settings } from '../contract/settings.ts'

const MIN_SECRET = 16
type Secret = 'INTERNAL_SECRET' | 'APP_SECRET'

/** What a server needs: both databases and both secrets. @throws Error with one clear line that names what is missing */
export function requireServices(settings: Settings): Settings {
  const missing = (['DATABASE_URL', 'REDIS_URL'] as const).filter((name) => !settings[name])
  if (missing.length > 0) throw new Error(`Wrong setting: ${missing.join(' and ')} must be given (\`npm start\` runs private servers by itself)`)
  return requireSecrets(settings, ['INTERNAL_SECRET', 'APP_SECRET'])
}

/** @throws Error with one clear line that names what is too short to be a secret */
export function requireSecrets(settings: Settings, names: readonly Secret[]): Settings {
  const weak = names.filter((name) => settings[name].length < MIN_SECRET)
  if (weak.length > 0) throw new Error(`Wrong setting: ${weak.join(' and ')} must have at least ${MIN_SECRET} characters`)
  return settings
}
