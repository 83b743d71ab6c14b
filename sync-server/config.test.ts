import { expect, test } from 'vitest'
import { readConfig } from './config.ts'

const noFile = () => {
  throw Object.assign(new Error('no such file'), { code: 'ENOENT' })
}
const good = (env: Record<string, string>) => {
  const config = readConfig(env, () => 'pem')
  if (!config.ok) throw new Error(config.failure.join('\n'))
  return config.value
}
const faults = (env: Record<string, string>) => {
  const config = readConfig(env, noFile)
  return config.ok ? [] : config.failure
}

test('an empty environment is enough for one machine, reachable from itself only', () => {
  const config = good({})
  expect(config.port).toBe(8080)
  expect(config.host).toBe('127.0.0.1')
  expect(config.publicUrl.origin).toBe('http://localhost:8080')
  expect(config.publicUrlUsable).toBe(true)
  expect(config.warnings).toEqual([])
})

test('every fault is named at once, each with its setting', () => {
  const lines = faults({
    PORT: '99999',
    SECRET_KEY: 'short',
    DATABASE_URL: 'mysql://x',
    PUBLIC_URL: 'bowon.example',
    TRUST_PROXY: 'yes please',
    TLS_CERT: '/nowhere.pem',
  })
  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(
    ['DATABASE_URL', 'PORT', 'PUBLIC_URL', 'SECRET_KEY', 'TLS_CERT', 'TRUST_PROXY'].sort(),
  )
})

test('an unreadable certificate is named with its path', () => {
  expect(faults({ TLS_CERT: '/a.pem', TLS_KEY: '/b.pem' })).toEqual([
    'TLS_CERT cannot be read (ENOENT): /a.pem',
    'TLS_KEY cannot be read (ENOENT): /b.pem',
  ])
})

test('with a certificate it listens for the network and speaks https', () => {
  const config = good({ TLS_CERT: '/a.pem', TLS_KEY: '/b.pem', PORT: '8443' })
  expect(config.host).toBe('0.0.0.0')
  expect(config.publicUrl.origin).toBe('https://localhost:8443')
})

test('an address that no tablet can use is named', () => {
  const config = good({ PUBLIC_URL: 'http://192.168.1.5:8080' })
  expect(config.publicUrlUsable).toBe(false)
  expect(config.warnings.join()).toContain('http://192.168.1.5:8080')
})

test('names that are almost settings are pointed out, others are left alone', () => {
  const { warnings } = good({ DATADIR: '/x', DATABASE_URI: 'postgres://x', HOSTNAME: 'box', HOME: '/root', SORT: '1' })
  expect(warnings).toEqual([
    'DATADIR is not a setting and is ignored; did you mean DATA_DIR?',
    'DATABASE_URI is not a setting and is ignored; did you mean DATABASE_URL?',
  ])
})

test('proxies are a number of hops or addresses', () => {
  expect(good({ TRUST_PROXY: '1' }).trustProxy).toBe(1)
  expect(good({ TRUST_PROXY: '10.0.0.0/8, 127.0.0.1' }).trustProxy).toEqual(['10.0.0.0/8', '127.0.0.1'])
})
