// What the API says of the relay to partners on other platforms, and of what came by any way.

/** Where the partner is: on this backend, or on another, reached by the relay. */
export type Transport = "local" | "relay"

/** `unreadable`: open, and nothing of what the partner sends opens any more. */
export type ChannelStatus = "open" | "unreadable" | "desync" | "closing" | "closed"

/** The sealed channel under a connection to a partner elsewhere. */
export interface Channel {
  status: ChannelStatus
  relay_url: string
  /** `1234-5678`, the same on both sides unless somebody is between them. */
  verifier: string
  /** Of the partner's identity, which its relay page shows. */
  partner_fingerprint: string
  epoch: number
  epoch_started_at: string
  last_in_at: string | null
  last_out_at: string | null
  /** When the partner last said anything, by its own clock. */
  partner_time: string | null
  /** Messages that the partner sent and that did not arrive. */
  missing: number
  /** Messages that the partner has not confirmed, and of them those that the relay does not have. */
  queued: number
  unsent: number
  oldest_queued_at: string | null
  desync_reason: string | null
  desync_at: string | null
  /** Since when, and how many messages came since. */
  unreadable: { since: string; messages: number } | null
  refused_count: number
  send_failure: string | null
  send_after: string | null
}

export interface RelayState {
  relay: {
    relay_url: string
    fingerprint: string
    answered_at: string | null
    failed_at: string | null
    failure: string | null
  } | null
  channels: { open: number; desync: number; unreadable: number; with_missing: number; queued: number; unsent: number }
  /** What keeps every relay from use on this backend. */
  obstacle: { code: string; message: string } | null
}

export interface RelayCheck {
  relay_url: string
  version: string
  took_ms: number
  /** How far the relay's clock is ahead of the backend's. */
  clock_difference_ms: number
}

/** What a partner sent, and what became of it. */
export interface ReceivedDocument {
  id: string
  connection_id: string
  partner_name: string | null
  document_type: string
  document_id: string
  revision: number
  status: "received" | "applied" | "ignored" | "failed" | "unsupported" | "desync"
  error: string | null
  attempts: number
  next_attempt_at: string | null
  created_at: string
}
