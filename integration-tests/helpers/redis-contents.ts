import type { Redis } from "ioredis"

/** How what is under a key is read, by the key's type. */
const READERS: Readonly<Record<string, (redis: Redis, key: Buffer) => Promise<unknown>>> = {
  string: (redis, key) => redis.getBuffer(key),
  list: (redis, key) => redis.lrangeBuffer(key, 0, -1),
  set: (redis, key) => redis.smembersBuffer(key),
  zset: (redis, key) => redis.zrangeBuffer(key, 0, -1),
  hash: async (redis, key) => Object.entries(await redis.hgetallBuffer(key)),
  stream: (redis, key) => redis.xrangeBuffer(key, "-", "+"),
}

/**
 * What a Redis holds under keys of this pattern, in all its databases: the names of keys and all that is under them,
 * of every type.
 *
 * @throws for a type that this cannot read
 */
export async function redisContents(
  client: Redis,
  pattern = "*"
): Promise<{ readonly keys: number; readonly bytes: Buffer }> {
  const redis = client.duplicate()
  try {
    const databases = [...(await redis.info("keyspace")).matchAll(/^db(\d+):/gm)].map(([, number]) => Number(number))
    const found: Buffer[] = []
    let count = 0
    for (const database of databases) {
      await redis.select(database)
      const keys = await redis.keysBuffer(pattern)
      count += keys.length
      for (const key of keys) {
        const type = await redis.type(key)
        // One that went meanwhile has none.
        const read = type === "none" ? async () => [] : READERS[type]
        if (!read) {
          throw new Error(`${key.toString()} is a ${type}, which nobody here can read.`)
        }
        found.push(key, ...buffersIn(await read(redis, key)))
      }
    }
    return { keys: count, bytes: Buffer.concat(found.flatMap((part) => [part, Buffer.from("\n")])) }
  } finally {
    redis.disconnect()
  }
}

function buffersIn(value: unknown): Buffer[] {
  if (Buffer.isBuffer(value)) {
    return [value]
  }
  return Array.isArray(value) ? value.flatMap(buffersIn) : typeof value === "string" ? [Buffer.from(value)] : []
}
