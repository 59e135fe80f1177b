import { randomBytes } from "node:crypto"
import type { DataSource, EntityManager } from "typeorm"

import type { RelayQuotas } from "../config"
import { MailboxEntity, MessageEntity, type Mailbox } from "../database/entities"

const ID_BYTES = 16

export interface OpenedMailbox {
  readonly receive_id: string
  readonly send_id: string
}

/** The mailbox that the key made under this ref, if it did. */
export async function findMailbox(
  database: DataSource | EntityManager,
  { owner_key, ref }: Pick<Mailbox, "owner_key" | "ref">
): Promise<OpenedMailbox | undefined> {
  const mailbox = await database.getRepository(MailboxEntity).findOneBy({ owner_key, ref })
  return mailbox ? opened(mailbox) : undefined
}

/**
 * Makes a mailbox; the same key and ref again answer the one that is there. Mailboxes are made one after another, so
 * that no two get past a quota together.
 *
 * @returns undefined where the key, or all keys together, have as many as they may have
 */
export async function openMailbox(
  database: DataSource,
  {
    owner_key,
    ref,
    quotas,
  }: { owner_key: Buffer; ref: Buffer; quotas: Pick<RelayQuotas, "mailboxes_per_key" | "mailboxes_of_all"> }
): Promise<OpenedMailbox | undefined> {
  return await database.transaction(async (manager) => {
    await manager.query("select pg_advisory_xact_lock(hashtext('relay_mailbox'))")
    const existing = await findMailbox(manager, { owner_key, ref })
    const mailboxes = manager.getRepository(MailboxEntity)
    const hasRoom = async () =>
      (await mailboxes.countBy({ owner_key })) < quotas.mailboxes_per_key &&
      (await mailboxes.count()) < quotas.mailboxes_of_all
    if (existing || !(await hasRoom())) {
      return existing
    }
    const ids = { receive_id: randomBytes(ID_BYTES), send_id: randomBytes(ID_BYTES) }
    await mailboxes.insert({ ...ids, owner_key, ref })
    return opened(ids)
  })
}

/** Deletes a mailbox of this key and all that is in it; false where there is none. */
export async function closeMailbox(
  database: DataSource,
  { owner_key, receive_id }: Pick<Mailbox, "owner_key" | "receive_id">
): Promise<boolean> {
  return await database.transaction(async (manager) => {
    const mailboxes = manager.getRepository(MailboxEntity)
    const mailbox = await mailboxes.findOne({
      select: { id: true },
      where: { owner_key, receive_id },
      lock: { mode: "pessimistic_write" },
    })
    if (!mailbox) {
      return false
    }
    await manager.getRepository(MessageEntity).delete({ mailbox_id: mailbox.id })
    await mailboxes.delete({ id: mailbox.id })
    return true
  })
}

const opened = ({ receive_id, send_id }: Pick<Mailbox, "receive_id" | "send_id">): OpenedMailbox => ({
  receive_id: receive_id.toString("base64url"),
  send_id: send_id.toString("base64url"),
})
