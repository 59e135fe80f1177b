/** What stores and relays agree on; a relay refuses more, and a store never asks for it. */
export const RELAY_LIMITS = {
  /** Messages in one request to send. */
  sent_messages: 200,
  /** Bytes of one request to send, frames included. */
  sent_bytes: 4 * 1024 * 1024,
  /** Messages that one answer hands out. */
  received_messages: 500,
  /** Sealed bytes that one answer hands out, where it is more than one message. */
  received_bytes: 4 * 1024 * 1024,
  /** Messages that one request acknowledges. */
  acknowledged_messages: 1_000,
  /** How long a request may wait for news. */
  wait_seconds: 25,
  /** Bytes of a pairing message; the longest has 16,466 (docs/security.md, pairing byte by byte). */
  pairing_message_bytes: 16 * 1024 + 256,
} as const
