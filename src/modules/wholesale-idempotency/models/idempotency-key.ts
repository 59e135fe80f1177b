import { model } from "@medusajs/framework/utils"

/**
 * A request under its `Idempotency-Key`, and its answer once there is one. The id derives from store,
 * actor, route and key, which makes them unique however long they are.
 */
export const WholesaleIdempotencyKey = model.define("wholesale_idempotency_key", {
  id: model.id({ prefix: "whidem" }).primaryKey(),
  store_id: model.text(),
  actor_id: model.text(),
  route: model.text(),
  key: model.text(),
  request_hash: model.text(),
  status: model.enum(["running", "done"]),
  response_status: model.number().nullable(),
  /** The answer's JSON as text: it is given again as it was, down to the order of its members. */
  response_body: model.text().nullable(),
  lease_until: model.dateTime(),
})
