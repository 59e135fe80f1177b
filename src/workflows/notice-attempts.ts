import type { INotificationModuleService } from "@medusajs/framework/types"

/**
 * The key of one attempt to send a message about a row. Every attempt has a key of its own: Medusa keeps a
 * message before it hands it to the provider, and answers the same key as if it had been sent, also where
 * the process died in between. So one may be told twice, and is never left untold.
 */
export const noticeKey = (template: string, id: string, attempt: number) => `${template}:${id}:${attempt}`

/** Whether an attempt before this one came through. */
export async function cameThrough(
  notifications: INotificationModuleService,
  template: string,
  id: string,
  attempt: number
): Promise<boolean> {
  if (attempt === 1) {
    return false
  }
  // The key is indexed and the row's id is not; Medusa's type leaves the key out.
  const earlier = {
    resource_id: id,
    idempotency_key: Array.from({ length: attempt - 1 }, (_, index) => noticeKey(template, id, index + 1)),
  }
  const sent = await notifications.listNotifications(earlier, { take: attempt, select: ["id", "status"] })
  return sent.some(({ status }) => status === "success")
}
