import type { Channel, ChannelStatus, Transport } from "./relay"
import type { Address, HistoryEvent } from "./store"

// What the API says of partners.

export interface PairingCode {
  id: string
  code: string | null
  status: "active" | "used" | "expired" | "cancelled"
  transport: Transport
  expires_at: string
}

export type ConnectionStatus = "requested" | "active" | "rejected" | "suspended" | "revoked"

export interface Connection {
  id: string
  role: "distributor" | "retailer"
  transport: Transport
  status: ConnectionStatus
  own_status: ConnectionStatus
  partner_status: ConnectionStatus | null
  partner_name: string
  partner_profile: {
    email?: string | null
    phone?: string | null
    tax_number?: string | null
    currency_code?: string | null
    address?: Address | null
  } | null
  account_id: string | null
  reason: string | null
  requested_at: string
  approved_at: string | null
  allowed_events: string[]
  events: HistoryEvent[]
  channel_status: ChannelStatus | null
  /** When a partner elsewhere was last heard of, by its own clock. */
  partner_time: string | null
  /** In the detail only; null where the partner is on this platform. */
  channel?: Channel | null
}
