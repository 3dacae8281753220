import { expect, test } from 'vitest'
import { missingPackages, runtimePackages } from '../../../../server/setup/debianPackages.ts'
import { aptCommand, byHandMessage } from '../../../../server/setup/ensureDebianPackages.ts'

test('databases that the settings name need no packages of ours', () => {
  const none = (): boolean => false
  expect(missingPackages(runtimePackages({ privateMariadb: true, privateRedis: true }), none)).toEqual(['ffmpeg', 'fonts-noto-cjk', 'mariadb-server-core', 'mariadb-client-core', 'redis-server'])
  expect(missingPackages(runtimePackages({ privateMariadb: false, privateRedis: false }), none)).toEqual(['ffmpeg', 'fonts-noto-cjk'])
  expect(missingPackages(runtimePackages({ privateMariadb: true, privateRedis: true }), () => true)).toEqual([])
})

test('root installs directly, sudo without a password if it may, and nobody else at all', () => {
  expect(aptCommand('root', ['ffmpeg'])?.slice(0, 3)).toEqual(['apt-get', 'install', '-y'])
  expect(aptCommand('root', ['ffmpeg', 'meson'])?.slice(-2)).toEqual(['ffmpeg', 'meson'])
  expect(aptCommand('sudo', ['ffmpeg'])?.slice(0, 3)).toEqual(['sudo', '-n', 'apt-get'])
  expect(aptCommand('byHand', ['ffmpeg'])).toBeUndefined()
})

test('without root and sudo the exact line to type is given', () => {
  expect(byHandMessage('byHand', ['ffmpeg', 'meson'])).toContain('sudo apt-get update && sudo apt-get install -y --no-install-recommends ffmpeg meson')
  expect(byHandMessage('none', ['ffmpeg'])).toContain('There is no apt-get here')
})
