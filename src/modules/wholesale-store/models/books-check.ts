import { model } from "@medusajs/framework/utils"

/** What comparing a store's books found: the latest of each day. */
export const WholesaleBooksCheck = model
  .define("wholesale_books_check", {
    id: model.id({ prefix: "whbook" }).primaryKey(),
    store_id: model.text(),
    /** `2026-01-31`, in UTC. */
    day: model.text(),
    /** Who begins keeps others from it for an hour. */
    started_at: model.dateTime(),
    /** null while it is under way, or where it was not brought to an end. */
    checked_at: model.dateTime().nullable(),
    difference_count: model.number(),
    /** The first of them, each with its `kind` and both figures. */
    differences: model.json<readonly { readonly kind: string }[]>(),
  })
  .indexes([
    { on: ["store_id", "day"], unique: true },
    { on: ["store_id", "checked_at"] },
  ])
