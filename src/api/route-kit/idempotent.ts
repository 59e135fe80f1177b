import { WholesaleError } from "../../lib/errors/wholesale-error"
import { contentHash } from "../../lib/hash/content-hash"
import type WholesaleIdempotencyModuleService from "../../modules/wholesale-idempotency/service"
import type { RouteAnswer } from "./route-answer"

/** Statuses whose cause passes by itself, so that the same key may be tried again. */
const PASSING = (status: number) => status >= 500 || status === 429

/**
 * Runs a mutation under its `Idempotency-Key`: the first answer is kept and given again, refusals
 * too. Without a key it simply runs.
 */
export async function idempotent(
  keys: WholesaleIdempotencyModuleService,
  request: {
    key: string | undefined
    store_id: string
    actor_id: string
    route: string
    input: unknown
  },
  run: () => Promise<RouteAnswer>
): Promise<RouteAnswer> {
  const { key, store_id, actor_id, route } = request
  if (key === undefined) {
    return run()
  }
  if (key.length < 1 || key.length > 200) {
    throw new WholesaleError(400, "invalid_request", "Idempotency-Key must have 1 to 200 characters.", {
      part: "headers",
      issues: [{ path: "Idempotency-Key", message: "must have 1 to 200 characters" }],
    })
  }

  const slot = { store_id, actor_id, route, key }
  const begun = await keys.begin({ ...slot, request_hash: contentHash(request.input) })
  if (begun.state === "replay") {
    return { status: begun.status, body: begun.body }
  }
  const answer = await run()
  if (PASSING(answer.status)) {
    await keys.abandon(slot)
  } else {
    await keys.finish({ ...slot, ...answer })
  }
  return answer
}
