import { BlockList, isIP } from "node:net"

import { parseUrl } from "../lib/relay/parse-url"

const LOG_LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const
const DAY_MS = 24 * 60 * 60 * 1_000

export type LogLevel = (typeof LOG_LEVELS)[number]

/** What a relay is run with; `readRelayConfig` makes one of environment variables. */
export interface RelayConfig {
  readonly database_url: string
  /** Connections of this node to PostgreSQL for requests; three more listen, expire and migrate. */
  readonly database_connections: number
  /** With it, the expiry queue and the shared limits are in Redis. */
  readonly redis_url?: string
  readonly host: string
  /** 0 takes a free one. */
  readonly port: number
  /** What stores address this relay by; loopback with the actual port where undefined. */
  readonly origins?: readonly string[]
  /** Which proxies' `X-Forwarded-For` is believed: addresses and networks, or so many hops. */
  readonly trust_proxy: readonly string[] | number
  /** An address of its own for `/metrics`. Without it they are answered on the relay's address, to loopback only. */
  readonly metrics?: { readonly host: string; readonly port: number }
  readonly log_level: LogLevel
  /** How long a message waits, in milliseconds. */
  readonly message_life_ms: number
  /** How long a mailbox stays that nobody sends to, in milliseconds. */
  readonly mailbox_life_ms: number
  /** How often expired messages are looked for, in milliseconds. */
  readonly expiry_every_ms: number
  /** How long a request may take to arrive, in milliseconds. */
  readonly request_timeout_ms: number
  readonly quotas: RelayQuotas
  readonly limits: RelayRates
}

/** How much is kept for one store, and of all. */
export interface RelayQuotas {
  readonly mailboxes_of_all: number
  /** Of sealed bytes that wait in all mailboxes. */
  readonly bytes_of_all: number
  readonly mailbox_messages: number
  readonly mailbox_bytes: number
  readonly mailboxes_per_key: number
  readonly slots_per_key: number
  readonly slots_per_address: number
}

/** How often something may be asked. */
export interface RelayRates {
  /** Signed requests a minute, at one node. */
  readonly requests_per_key: number
  /** Requests a minute, signed or not, at one node. */
  readonly requests_per_address: number
  /** New mailboxes an hour. */
  readonly mailboxes_per_address: number
  /** Looks at slots an hour. */
  readonly lookups_per_key: number
  readonly lookups_per_address: number
  /** Pairing attempts an hour that failed or are not finished. */
  readonly attempts_per_key: number
  readonly attempts_per_address: number
  readonly attempts_of_all: number
}

/** All that is wrong with the environment, a sentence each. */
export class RelayConfigError extends Error {
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"))
    this.name = "RelayConfigError"
  }
}

/**
 * The relay's configuration from environment variables, as docs/operations.md lists them. An empty variable is as
 * good as none.
 *
 * @throws RelayConfigError that names every variable that cannot be used
 */
export function readRelayConfig(env: Readonly<Record<string, string | undefined>>): RelayConfig {
  const read = new Reader(env)
  const database_url = read.url("DATABASE_URL", ["postgres:", "postgresql:"]) ?? read.missing("DATABASE_URL")
  const port = read.count("PORT", 8787, { from: 0, to: 65_535 })
  const config: RelayConfig = {
    database_url,
    database_connections: read.count("DATABASE_CONNECTIONS", 10, { from: 2, to: 500 }),
    redis_url: read.url("REDIS_URL", ["redis:", "rediss:"]),
    host: read.text("HOST") ?? "127.0.0.1",
    port,
    origins: read.origins("RELAY_ORIGINS"),
    trust_proxy: read.proxies("TRUST_PROXY"),
    metrics: read.metrics(port),
    log_level: read.choice("LOG_LEVEL", LOG_LEVELS, "info"),
    message_life_ms: read.count("RELAY_MESSAGE_DAYS", 14, { from: 1, to: 365 }) * DAY_MS,
    mailbox_life_ms: read.count("RELAY_MAILBOX_DAYS", 365, { from: 1, to: 3_650 }) * DAY_MS,
    expiry_every_ms: read.count("RELAY_EXPIRY_SECONDS", 60, { from: 1, to: 3_600 }) * 1_000,
    request_timeout_ms: read.count("RELAY_REQUEST_TIMEOUT_SECONDS", 30, { from: 1, to: 300 }) * 1_000,
    quotas: {
      mailboxes_of_all: read.count("RELAY_MAILBOXES", 100_000),
      bytes_of_all: read.count("RELAY_BYTES", 50 * 1024 * 1024 * 1024, { from: 1024 * 1024 }),
      mailbox_messages: read.count("RELAY_MAILBOX_MESSAGES", 10_000),
      mailbox_bytes: read.count("RELAY_MAILBOX_BYTES", 256 * 1024 * 1024, { from: 1024 * 1024 }),
      mailboxes_per_key: read.count("RELAY_MAILBOXES_PER_KEY", 1_000),
      slots_per_key: read.count("RELAY_SLOTS_PER_KEY", 5),
      slots_per_address: read.count("RELAY_SLOTS_PER_ADDRESS", 40),
    },
    limits: {
      requests_per_key: read.count("RELAY_REQUESTS_PER_KEY", 3_000),
      requests_per_address: read.count("RELAY_REQUESTS_PER_ADDRESS", 12_000),
      mailboxes_per_address: read.count("RELAY_MAILBOXES_PER_ADDRESS", 600),
      lookups_per_key: read.count("RELAY_LOOKUPS_PER_KEY", 60),
      lookups_per_address: read.count("RELAY_LOOKUPS_PER_ADDRESS", 300),
      attempts_per_key: read.count("RELAY_ATTEMPTS_PER_KEY", 10),
      attempts_per_address: read.count("RELAY_ATTEMPTS_PER_ADDRESS", 40),
      attempts_of_all: read.count("RELAY_ATTEMPTS_OF_ALL", 600),
    },
  }
  read.assertGood()
  return config
}

/** Reads variable by variable and remembers what is wrong, so that all of it is told at once. */
class Reader {
  private readonly problems: string[] = []

  constructor(private readonly env: Readonly<Record<string, string | undefined>>) {}

  text(name: string): string | undefined {
    return this.env[name]?.trim() || undefined
  }

  /** Stands in where a variable must be set: `assertGood` throws. */
  missing(name: string): string {
    this.problems.push(`${name} is not set.`)
    return ""
  }

  count(name: string, otherwise: number, { from = 1, to = Number.MAX_SAFE_INTEGER } = {}): number {
    const text = this.text(name)
    if (text === undefined) {
      return otherwise
    }
    const value = /^\d+$/.test(text) ? Number(text) : NaN
    if (!(value >= from && value <= to)) {
      this.problems.push(`${name} is "${text}"; it must be a whole number from ${from} to ${to}.`)
    }
    return value
  }

  choice<Word extends string>(name: string, words: readonly Word[], otherwise: Word): Word {
    const text = this.text(name)
    if (text === undefined) {
      return otherwise
    }
    const found = words.find((word) => word === text)
    if (found === undefined) {
      this.problems.push(`${name} is "${text}"; it must be one of ${words.join(", ")}.`)
    }
    return found ?? otherwise
  }

  /** The value is kept out of the complaint: connection strings hold passwords. */
  url(name: string, protocols: readonly string[]): string | undefined {
    const text = this.text(name)
    if (text !== undefined && !protocols.includes(protocolOf(text) ?? "")) {
      this.problems.push(
        `${name} is no connection string; it must begin with ${protocols.map((it) => `${it}//`).join(" or ")}.`
      )
    }
    return text
  }

  origins(name: string): readonly string[] | undefined {
    const origins = this.list(name)
    for (const origin of origins) {
      if (!["http:", "https:"].includes(protocolOf(origin) ?? "") || new URL(origin).origin !== origin) {
        this.problems.push(
          `${name} has "${origin}"; an origin is scheme, host and port, as in https://relay.example.com.`
        )
      }
    }
    return origins.length > 0 ? origins : undefined
  }

  proxies(name: string): readonly string[] | number {
    const text = this.text(name)
    if (text !== undefined && /^\d$/.test(text)) {
      return Number(text)
    }
    const proxies = this.list(name)
    for (const proxy of proxies) {
      if (!isNetwork(proxy)) {
        this.problems.push(
          `${name} has "${proxy}"; it must be a number of proxies (0 to 9), or their addresses or networks, as in 10.0.0.0/8.`
        )
      }
    }
    return proxies
  }

  metrics(port: number): RelayConfig["metrics"] {
    const host = this.text("METRICS_HOST")
    if (host === undefined && this.text("METRICS_PORT") === undefined) {
      return undefined
    }
    const own = this.count("METRICS_PORT", port === 0 ? 0 : port + 1, { from: 0, to: 65_535 })
    if (own !== 0 && own === port) {
      this.problems.push(`METRICS_PORT is ${own}, and so is PORT.`)
    }
    return { host: host ?? "127.0.0.1", port: own }
  }

  assertGood(): void {
    if (this.problems.length > 0) {
      throw new RelayConfigError(this.problems)
    }
  }

  private list(name: string): string[] {
    return (this.text(name) ?? "")
      .split(",")
      .map((word) => word.trim())
      .filter((word) => word !== "")
  }
}

function protocolOf(text: string): string | undefined {
  return parseUrl(text)?.protocol
}

function isNetwork(text: string): boolean {
  const [address = "", prefix, ...more] = text.split("/")
  const version = isIP(address)
  if (version === 0 || more.length > 0) {
    return false
  }
  if (prefix === undefined) {
    return true
  }
  try {
    new BlockList().addSubnet(address, /^\d+$/.test(prefix) ? Number(prefix) : NaN, version === 4 ? "ipv4" : "ipv6")
    return true
  } catch {
    return false
  }
}
