// The connection to Redis, from one URL or socket path.
import { Redis } from 'ioredis'

export type { Redis }

/** @param url `redis://host:6379`, `unix:///path` or a socket's absolute path. Commands wait while Redis is away, for a few tries. */
export function openRedis({ url, onError }: { url: string; onError: (error: Error) => void }): Redis {
  const path = url.startsWith('unix://') ? url.slice('unix://'.length) : url
  const options = { maxRetriesPerRequest: 5, retryStrategy: (tries: number) => Math.min(100 * tries, 1000) }
  const redis = path.startsWith('/') ? new Redis({ path, ...options }) : new Redis(path, options)
  redis.on('error', onError)
  return redis
}
