import { Redis } from "ioredis"

/** Each worker has its own, apart from what other tests keep on that server: nodes there share queue and counts. */
const DATABASE = 6 + Number(process.env.JEST_WORKER_ID)
const REASON = "REDIS_URL is not set: this Redis-only suite is not run"

/** A `describe` for what is different with Redis; skipped, with the reason printed, where REDIS_URL is unset. */
export function describeWithRedis(name: string, suite: (redisUrl: string) => void): void {
  if (!process.env.REDIS_URL) {
    process.stderr.write(`${name}: ${REASON}\n`)
    describe.skip(`${name} (${REASON})`, () => suite(""))
    return
  }
  const url = new URL(process.env.REDIS_URL)
  url.pathname = `/${DATABASE}`
  describe(name, () => suite(url.toString()))
}

/** The relay's keys there, and nobody else's. */
export async function forgetRelayKeys(redisUrl: string): Promise<void> {
  const redis = new Redis(redisUrl)
  const keys = await redis.keys("medusa-wholesale-relay*")
  if (keys.length > 0) {
    await redis.del(keys)
  }
  await redis.quit()
}
