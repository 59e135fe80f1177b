import { readAcknowledgement, readGapRequest } from "../../../lib/crypto/envelope/control"
import type { ReceivedMessage } from "../../../lib/crypto/session/receive"
import type { SessionState } from "../../../lib/crypto/session/state"
import type { Batch } from "./batch"
import { queuedHash, sendAgain } from "./outbox"

/**
 * A receipt, gap request or heartbeat with news, after it took effect in the session. It was sealed after
 * all that came before it, so that whatever it says less than is known shows a partner that went back.
 *
 * @param before the state before it
 */
export async function takeAside(batch: Batch, before: SessionState, message: ReceivedMessage): Promise<void> {
  if (message.sequence < batch.known_sequence) {
    batch.desync = "partner_went_back"
    return
  }
  batch.is_partner_behind ||= message.epoch < batch.state.epoch
  if (message.type === "gap_request") {
    await takeGapRequest(batch, message)
  } else {
    takeAcknowledgement(batch, before, message)
  }
}

/** It is answered by the same bytes again. */
async function takeGapRequest(batch: Batch, { payload }: ReceivedMessage): Promise<void> {
  const asked = readGapRequest(payload)
  if (!asked) {
    return
  }
  if (asked.from <= batch.state.acknowledged) {
    // It had applied these: it was put back to a state before.
    batch.desync = "partner_went_back"
  } else if (asked.to > batch.state.sent.sequence) {
    batch.desync = "acknowledged_unsent"
  } else {
    await sendAgain(batch.manager, { channel_id: batch.channel.row.id, ...asked })
    batch.resent = true
  }
}

function takeAcknowledgement(batch: Batch, before: SessionState, { payload }: ReceivedMessage): void {
  const acknowledgement = readAcknowledgement(payload)
  if (!acknowledgement) {
    return
  }
  const { through, sealed_hash } = acknowledgement
  if (through < before.acknowledged) {
    batch.desync = "partner_went_back"
  } else if (through > before.acknowledged) {
    batch.acknowledged_hash = Buffer.from(sealed_hash)
  }
}

/** What the partner has applied is what was sent to it under that sequence, and nothing in its place. */
export async function compareAcknowledged(batch: Batch): Promise<void> {
  const { manager, channel, state, acknowledged_hash } = batch
  const sent = acknowledged_hash && (await queuedHash(manager, channel.row.id, state.acknowledged))
  if (sent && !sent.equals(acknowledged_hash)) {
    batch.desync ??= "acknowledged_unsent"
  }
}
