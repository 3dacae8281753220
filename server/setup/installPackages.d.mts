/** Types of installPackages.mjs, which has to be plain JavaScript: it runs before there is a Node that reads TypeScript. */
export interface Lock {
  packages: Record<string, { version?: string; optional?: boolean; devOptional?: boolean }>
}
export function installPackages(options: { root: string; log: (line: string) => void }): Promise<void>
export function packagesStamp(lockText: string): string
export function isInstalled(lock: Lock, installed: Partial<Lock>): boolean
