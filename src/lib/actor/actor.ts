/** Who does a thing: recorded with every event, ledger entry and audit row. */
export interface Actor {
  readonly actor_type: "user" | "api-key" | "customer" | "partner" | "system"
  readonly actor_id: string
}

/** The plugin itself: sweepers, recovery, follow-ups of another's verb. */
export const SYSTEM_ACTOR: Actor = { actor_type: "system", actor_id: "medusa-wholesale" }
