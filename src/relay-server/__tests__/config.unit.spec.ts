import { RelayConfigError, readRelayConfig } from "../config"

const DATABASE_URL = "postgres://relay:canary@db.example.com/relay"

function problems(env: Record<string, string>): readonly string[] {
  try {
    readRelayConfig({ DATABASE_URL, ...env })
  } catch (error) {
    if (error instanceof RelayConfigError) {
      return error.problems
    }
    throw error
  }
  return []
}

describe("a relay's configuration", () => {
  it("needs a database and nothing else", () => {
    expect(readRelayConfig({ DATABASE_URL, PORT: " ", REDIS_URL: "" })).toEqual({
      database_url: DATABASE_URL,
      database_connections: 10,
      redis_url: undefined,
      host: "127.0.0.1",
      port: 8787,
      origins: undefined,
      trust_proxy: [],
      metrics: undefined,
      log_level: "info",
      message_life_ms: 14 * 24 * 60 * 60 * 1_000,
      mailbox_life_ms: 365 * 24 * 60 * 60 * 1_000,
      expiry_every_ms: 60_000,
      request_timeout_ms: 30_000,
      quotas: {
        mailboxes_of_all: 100_000,
        bytes_of_all: 53_687_091_200,
        mailbox_messages: 10_000,
        mailbox_bytes: 268_435_456,
        mailboxes_per_key: 1_000,
        slots_per_key: 5,
        slots_per_address: 40,
      },
      limits: {
        requests_per_key: 3_000,
        requests_per_address: 12_000,
        mailboxes_per_address: 600,
        lookups_per_key: 60,
        lookups_per_address: 300,
        attempts_per_key: 10,
        attempts_per_address: 40,
        attempts_of_all: 600,
      },
    })
    expect(problems({ DATABASE_URL: "" })).toEqual(["DATABASE_URL is not set."])
  })

  it("reads what it is given", () => {
    const config = readRelayConfig({
      DATABASE_URL,
      REDIS_URL: "rediss://cache.example.com:6380/2",
      HOST: "0.0.0.0",
      PORT: "0",
      RELAY_ORIGINS: "https://relay.example.com, https://relay.example.com:8443",
      METRICS_PORT: "9100",
      RELAY_MESSAGE_DAYS: "30",
    })
    expect(config).toMatchObject({
      redis_url: "rediss://cache.example.com:6380/2",
      host: "0.0.0.0",
      port: 0,
      origins: ["https://relay.example.com", "https://relay.example.com:8443"],
      metrics: { host: "127.0.0.1", port: 9_100 },
      message_life_ms: 30 * 24 * 60 * 60 * 1_000,
    })
    expect(readRelayConfig({ DATABASE_URL, METRICS_HOST: "10.0.0.5" }).metrics).toEqual({
      host: "10.0.0.5",
      port: 8788,
    })
  })

  it.each([
    ["2", 2],
    ["10.0.0.0/8,192.168.1.1", ["10.0.0.0/8", "192.168.1.1"]],
    ["fd00::/8", ["fd00::/8"]],
    ["", []],
  ])("believes proxies by number or by network: %s", (TRUST_PROXY, expected) => {
    expect(readRelayConfig({ DATABASE_URL, TRUST_PROXY }).trust_proxy).toEqual(expected)
  })

  it.each([
    [{ PORT: "http" }, 'PORT is "http"; it must be a whole number from 0 to 65535.'],
    [{ PORT: "65536" }, 'PORT is "65536"; it must be a whole number from 0 to 65535.'],
    [{ RELAY_MESSAGE_DAYS: "0" }, 'RELAY_MESSAGE_DAYS is "0"; it must be a whole number from 1 to 365.'],
    [{ RELAY_MESSAGE_DAYS: "1.5" }, 'RELAY_MESSAGE_DAYS is "1.5"; it must be a whole number from 1 to 365.'],
    [
      { RELAY_MAILBOX_BYTES: "1000" },
      `RELAY_MAILBOX_BYTES is "1000"; it must be a whole number from 1048576 to ${Number.MAX_SAFE_INTEGER}.`,
    ],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL is "loud"; it must be one of fatal, error, warn, info, debug, trace, silent.'],
    [{ REDIS_URL: "http://cache" }, "REDIS_URL is no connection string; it must begin with redis:// or rediss://."],
    [
      { RELAY_ORIGINS: "https://relay.example.com/" },
      'RELAY_ORIGINS has "https://relay.example.com/"; an origin is scheme, host and port, as in https://relay.example.com.',
    ],
    [
      { RELAY_ORIGINS: "relay.example.com" },
      'RELAY_ORIGINS has "relay.example.com"; an origin is scheme, host and port, as in https://relay.example.com.',
    ],
    [
      { TRUST_PROXY: "true" },
      'TRUST_PROXY has "true"; it must be a number of proxies (0 to 9), or their addresses or networks, as in 10.0.0.0/8.',
    ],
    [
      { TRUST_PROXY: "10.0.0.0/40" },
      'TRUST_PROXY has "10.0.0.0/40"; it must be a number of proxies (0 to 9), or their addresses or networks, as in 10.0.0.0/8.',
    ],
    [{ PORT: "9100", METRICS_PORT: "9100" }, "METRICS_PORT is 9100, and so is PORT."],
  ])("tells what is wrong with %j", (env, problem) => {
    expect(problems(env)).toEqual([problem])
  })

  it("tells all that is wrong at once, and no password", () => {
    const told = problems({ DATABASE_URL: "mysql://relay:canary@db/relay", PORT: "x", LOG_LEVEL: "y" })
    expect(told).toHaveLength(3)
    expect(told.join()).not.toContain("canary")
  })
})
