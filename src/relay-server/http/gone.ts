import type { FastifyReply } from "fastify"

/** Aborted when whoever asked closes the connection before the answer is out. */
export function callerGone({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController()
  raw.once("close", () => gone.abort())
  return gone.signal
}
