const reason = "REDIS_URL is not set: this Redis-only suite is not run"

/** A `describe` for what only Medusa's Redis modules do: skipped, with the reason printed, where REDIS_URL is unset. */
export function describeWithRedis(name: string, suite: () => void): void {
  if (process.env.REDIS_URL) {
    describe(name, suite)
    return
  }
  process.stderr.write(`${name}: ${reason}\n`)
  describe.skip(`${name} (${reason})`, suite)
}
