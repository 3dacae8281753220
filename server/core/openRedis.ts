// The connection to Redis, from one URL or socket path.
import { Redis } from 'ioredis'

export type { Redis }

/**
 * @param url `redis://host:6379`, `unix:///path` or a socket's absolute path.
 * @param patient commands wait as long as Redis is away (as subscribers and job queues need); otherwise for a few tries.
 */
export function openRedis({ url, onError, patient = false }: { url: string; onError: (error: Error) => void; patient?: boolean }): Redis {
  const path = url.startsWith('unix://') ? url.slice('unix://'.length) : url
  const options = { maxRetriesPerRequest: patient ? null : 5, retryStrategy: (tries: number) => Math.min(100 * tries, 1000) }
  const redis = path.startsWith('/') ? new Redis({ path, ...options }) : new Redis(path, options)
  redis.on('error', onError)
  return redis
}
