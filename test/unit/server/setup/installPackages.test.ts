import { expect, test } from 'vitest'
import { isInstalled, packagesStamp } from '../../../../server/setup/installPackages.mjs'

const lock = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b-darwin': { version: '2.0.0', optional: true } } }

test('packages are there when npm’s own record has each in the locked version', () => {
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true)
  expect(isInstalled(lock, { packages: { 'node_modules/a': { version: '0.9.0' } } })).toBe(false)
  expect(isInstalled(lock, { packages: {} })).toBe(false)
  expect(isInstalled(lock, {})).toBe(false)
})

test('a package for another machine may be missing, but not stale', () => {
  const withA = { 'node_modules/a': { version: '1.0.0' } }
  expect(isInstalled(lock, { packages: { ...withA, 'node_modules/b-darwin': { version: '2.0.0' } } })).toBe(true)
  expect(isInstalled(lock, { packages: { ...withA, 'node_modules/b-darwin': { version: '1.9.0' } } })).toBe(false)
})

test('the stamp changes with the lock file', () => {
  expect(packagesStamp('{}')).toBe(packagesStamp('{}'))
  expect(packagesStamp('{}')).not.toBe(packagesStamp('{ }'))
})
