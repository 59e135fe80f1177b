import type { DataSource, EntityManager } from "typeorm"

import type { Attempt } from "../database/entities"
import { ALIVE } from "./attempts"
import { attemptsAt } from "./slots"

/** Messages 2 and 4 go from the slot's key to the attempt's, 3 the other way. */
export type Step = 2 | 3 | 4

const ID_BYTES = 16

type StepRow = Pick<Attempt, "id" | "step" | "slot_id" | "guest_key" | "address_hash"> & { message: Buffer | null }

/** What a step's message is written to, who sends it and who waits for it. Names of columns, not of callers. */
const STEPS = {
  2: { column: "message_2", sender: "s.owner_key", receiver: "a.guest_key" },
  3: { column: "message_3", sender: "a.guest_key", receiver: "s.owner_key" },
  4: { column: "message_4", sender: "s.owner_key", receiver: "a.guest_key" },
} as const

export type SentStep =
  /** Sent now. `ended` are attempts that this one shut out, `finished` tells whose it is once it is through. */
  | {
      readonly state: "sent"
      readonly ended: readonly Buffer[]
      readonly finished?: Pick<Attempt, "guest_key" | "address_hash">
    }
  /** The same message was sent before. */
  | { readonly state: "known" }
  /** Another message was sent for this step. */
  | { readonly state: "taken" }

/**
 * Sends a step's message. Message 4 uses the slot up in the same transaction: of two attempts that get this far at
 * once, one does. Locks the attempt, then its slot.
 *
 * @returns undefined where there is no such attempt that goes on, where it is not this key's turn to send that step,
 *   or the step before was not sent
 */
export async function sendStep(
  database: DataSource,
  { id, step, sender_key, message }: { id: Buffer; step: Step; sender_key: Buffer; message: Buffer }
): Promise<SentStep | undefined> {
  const { column, sender } = STEPS[step]
  return await database.transaction(async (manager) => {
    const [attempt] = await manager.query<StepRow[]>(
      `select a.id, a.step, a.slot_id, a.guest_key, a.address_hash, a.${column} as message
       from relay_attempt a join relay_slot s on s.id = a.slot_id
       where a.id = $1 and ${sender} = $2 and ${ALIVE}
       for update of a, s`,
      [id, sender_key]
    )
    if (!attempt || attempt.step < step - 1) {
      return undefined
    }
    if (attempt.step >= step) {
      return { state: attempt.message?.equals(message) ? "known" : "taken" }
    }
    await manager.query(`update relay_attempt set step = $2, ${column} = $3 where id = $1`, [id, step, message])
    return step === 4 ? await useSlot(manager, attempt) : { state: "sent", ended: [] }
  })
}

async function useSlot(manager: EntityManager, { id, slot_id, guest_key, address_hash }: StepRow): Promise<SentStep> {
  await manager.query("update relay_slot set state = 'used' where id = $1", [slot_id])
  const all = await attemptsAt(manager, slot_id)
  return { state: "sent", ended: all.filter((other) => !other.equals(id)), finished: { guest_key, address_hash } }
}

export type StepForReceiver = { readonly state: "gone" } | { readonly state: "here"; readonly message: Buffer }

/** The message of a step, for the key that it is meant for; undefined while it was not sent. */
export async function receiveStep(
  database: DataSource,
  { id, step, receiver_key }: { id: Buffer; step: Step; receiver_key: Buffer }
): Promise<StepForReceiver | undefined> {
  const { column, receiver } = STEPS[step]
  const [attempt] = await database.query<{ message: Buffer | null }[]>(
    `select a.${column} as message
     from relay_attempt a join relay_slot s on s.id = a.slot_id
     where a.id = $1 and ${receiver} = $2 and ${ALIVE}`,
    [id, receiver_key]
  )
  if (!attempt) {
    return { state: "gone" }
  }
  return attempt.message ? { state: "here", message: attempt.message } : undefined
}

/** Ends an attempt that goes on, by either side, and forgets its messages; false where there is none. */
export async function abortAttempt(
  database: DataSource,
  { id, party_key }: { id: Buffer; party_key: Buffer }
): Promise<boolean> {
  const [, ended] = await database.query<[unknown[], number]>(
    `update relay_attempt a
     set is_closed = true, message_1 = null, message_2 = null, message_3 = null, message_4 = null
     from relay_slot s
     where a.id = $1 and s.id = a.slot_id and (a.guest_key = $2 or s.owner_key = $2) and ${ALIVE}`,
    [id, party_key]
  )
  return ended > 0
}

/** What is waited for: a step of an attempt. */
export function stepId(attempt: Buffer, step: Step): Buffer {
  return Buffer.concat([attempt, Buffer.from([step])])
}

/** Of these steps, those that were sent, or whose attempt is over. */
export async function stepsToSee(database: DataSource, steps: readonly Buffer[]): Promise<Buffer[]> {
  const found = await database.query<{ id: Buffer }[]>(
    `select w.id from unnest($1::bytea[]) as w(id)
     where not exists (
       select from relay_attempt a join relay_slot s on s.id = a.slot_id
       where a.id = substring(w.id for ${ID_BYTES}) and a.step < get_byte(w.id, ${ID_BYTES}) and ${ALIVE}
     )`,
    [steps]
  )
  return found.map(({ id }) => id)
}
