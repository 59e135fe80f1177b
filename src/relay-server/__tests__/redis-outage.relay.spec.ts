import { randomBytes } from "node:crypto"

import { describeOnOwnRedis } from "../../../integration-tests/helpers/own-redis"
import { until } from "../../../integration-tests/helpers/until"
import type { RunningRelay } from "../start-relay"
import { startRelayProcess } from "./helpers/relay-process"
import { Store, fetchAnswer, id, pairingMessage, sealedMessages, type Answer } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

const REF = id()

describeOnOwnRedis("a relay", (redis) => {
  let test: TestRelay

  beforeAll(async () => {
    test = await TestRelay.create()
    await redis.start()
  })

  beforeEach(() => redis.client.flushall())

  afterEach(async () => {
    await test.closeNodes()
    await test.query("truncate relay_message, relay_mailbox, relay_slot, relay_dead_letter cascade")
  })

  afterAll(async () => {
    await redis.end()
    await test.destroy()
  })

  const start = (env: Record<string, string> = {}) =>
    test.start({ REDIS_URL: redis.url, RELAY_EXPIRY_SECONDS: "1", ...env })

  const outages = [
    { name: "ended", begin: () => redis.stop(), end: () => redis.start() },
    { name: "answers nobody", begin: async () => redis.freeze(), end: async () => redis.thaw() },
  ]

  describe.each(outages)("whose Redis $name", ({ begin, end }) => {
    const during = async <Result>(work: () => Promise<Result>): Promise<Result> => {
      await begin()
      try {
        return await work()
      } finally {
        await end()
      }
    }

    /** What was refused is answered again when Redis is back. */
    const answered = (ask: () => Promise<Answer>): Promise<Answer> =>
      until(async () => {
        const answer = await ask()
        return answer.status === 503 ? undefined : answer
      })

    it("answers 503 to what it would have to count, and all else as ever", async () => {
      const node = await start()
      const [owner, sender, retailer] = [new Store(node), new Store(node), new Store(node)]
      const mailbox = (await owner.call("POST", "/v1/mailboxes", { ref: REF })).json<{ send_id: string }>()
      const second = await owner.openMailbox()
      const [slot, other] = [await owner.openSlot(), await owner.openSlot()]
      const message = pairingMessage()
      const attempt = (await retailer.begin(slot, message)).json<{ attempt_id: string }>().attempt_id
      const aborted = await retailer.beginId(other)

      const refused: Record<string, () => Promise<Answer>> = {
        "a look at a slot": () => retailer.call("GET", `/v1/slots/${other.slot}`),
        "a first message": () => retailer.begin(other),
        "a new mailbox": () => sender.call("POST", "/v1/mailboxes", { ref: REF }),
      }
      const granted: Record<string, () => Promise<Answer>> = {
        "is it alive": () => fetchAnswer(`${node.origin}/health/live`),
        "is it ready": () => fetchAnswer(`${node.origin}/health/ready`),
        "what it is": () => fetchAnswer(`${node.origin}/v1/info`),
        "its metrics": () => fetchAnswer(node.metrics_url),
        "a mailbox that is there": () => owner.call("POST", "/v1/mailboxes", { ref: REF }),
        "messages sent": () => sender.send(mailbox.send_id, sealedMessages(2)),
        "messages received": () => owner.call("POST", "/v1/receive", { wait_seconds: 0 }),
        "a mailbox closed": () => owner.call("DELETE", `/v1/mailboxes/${second.receive_id}`),
        "attempts waited for": () => owner.call("POST", "/v1/slots/wait", { wait_seconds: 0 }),
        "the first message again": () => retailer.begin(slot, message),
        "a second message": () => owner.sendStep(attempt, 2),
        "a second message waited for": () => retailer.waitStep(attempt, 2),
        "a third message": () => retailer.sendStep(attempt, 3),
        "a fourth message": () => owner.sendStep(attempt, 4),
        "a fourth message waited for": () => retailer.waitStep(attempt, 4),
        "an attempt broken off": () => retailer.call("DELETE", `/v1/attempts/${aborted}`),
        "a slot opened": () => owner.call("POST", "/v1/slots", { session_id: id(32), ttl_seconds: 600 }),
        "a slot closed": () => owner.call("DELETE", `/v1/slots/${other.session_id}`),
      }
      const statusesOf = async (asked: typeof granted) => {
        const statuses: Record<string, number> = {}
        for (const [name, ask] of Object.entries(asked)) {
          statuses[name] = (await ask()).status
        }
        return statuses
      }

      await during(async () => {
        for (const ask of Object.values(refused)) {
          const answer = await ask()
          expect([answer.status, answer.json(), answer.headers.get("retry-after")]).toEqual([
            503,
            {
              code: "unavailable",
              message: "The relay cannot answer now. Try again.",
              retry_after_seconds: 5,
            },
            "5",
          ])
        }
        const empty = /^a (second|third|fourth) message$|closed$|broken off$/
        expect(await statusesOf(granted)).toEqual(
          Object.fromEntries(Object.keys(granted).map((name) => [name, empty.test(name) ? 204 : 200]))
        )
      })
    })

    it("wakes who waits for messages, and takes what is acknowledged", async () => {
      const node = await start()
      const [owner, sender] = [new Store(node), new Store(node)]
      const { send_id } = await owner.openMailbox()
      await during(async () => {
        const waiting = owner.receive({ wait_seconds: 25 })
        await until(async () => {
          const { bytes } = await fetchAnswer(node.metrics_url)
          return bytes.includes("wholesale_relay_waiting_polls 1\n") ? true : undefined
        })
        const messages = sealedMessages(3)
        await sender.send(send_id, messages)
        const received = await waiting
        expect(received.map(({ sealed }) => sealed)).toEqual(messages)
        expect(await owner.receive({ acknowledge: received })).toEqual([])
      })
    })

    it("goes on by itself when Redis is back: it pairs, counts on and deletes what is over", async () => {
      const node = await start({ RELAY_ATTEMPTS_PER_KEY: "4" })
      const [distributor, retailer, guesser] = [new Store(node), new Store(node), new Store(node)]
      const slot = await distributor.openSlot()
      expect((await guess(guesser)).status).toBe(404)
      await during(async () => {
        expect((await guess(guesser)).status).toBe(503)
        await leaveOldMessage(node)
      })

      const statuses = [(await answered(() => guess(guesser))).status]
      for (let more = 0; more < 3; more++) {
        statuses.push((await guess(guesser)).status)
      }
      // One before, and one meanwhile that Redis may still have read: the first after is the second or the third, the
      // fourth after the fifth or the sixth, of four.
      expect([statuses[0], statuses[3]]).toEqual([404, 429])
      await pairUp(distributor, retailer, slot)
      expect((await retailer.call("POST", "/v1/mailboxes", { ref: REF })).status).toBe(200)
      await oldMessagesGone()
    })

    it("ends in order when it is told to", async () => {
      const node = await startRelayProcess({
        DATABASE_URL: test.url,
        DATABASE_CONNECTIONS: "3",
        REDIS_URL: redis.url,
      })
      try {
        await until(() =>
          fetchAnswer(`${node.origin}/health/ready`).then(
            ({ status }) => (status === 200 ? true : undefined),
            () => undefined
          )
        )
        await during(async () => {
          node.child.kill("SIGTERM")
          expect(await node.ended).toBe(0)
        })
      } finally {
        node.child.kill("SIGKILL")
      }
    })

    it("does not start, and says why", async () => {
      await during(async () => {
        const node = await startRelayProcess({ DATABASE_URL: test.url, REDIS_URL: withPassword(redis.url) })
        expect(await node.ended).toBe(1)
        expect(node.output()).toMatch(/The relay cannot start: .*Redis/)
        expect(node.output()).not.toMatch(/canary/)
      })
    })
  })

  it("whose Redis has no room for more answers 503 until it has", async () => {
    const node = await start()
    const guesser = new Store(node)
    await redis.client.config("SET", "maxmemory", "1")
    try {
      expect((await guess(guesser)).status).toBe(503)
    } finally {
      await redis.client.config("SET", "maxmemory", "0")
    }
    expect((await guess(guesser)).status).toBe(404)
  })

  it("whose Redis comes back with nothing counts from the beginning, and still deletes what is over", async () => {
    const node = await start({ RELAY_ATTEMPTS_PER_KEY: "1" })
    const guesser = new Store(node)
    expect([(await guess(guesser)).status, (await guess(guesser)).status]).toEqual([404, 429])
    await redis.client.flushall()
    expect([(await guess(guesser)).status, (await guess(guesser)).status]).toEqual([404, 429])
    await leaveOldMessage(node)
    await oldMessagesGone()
  })

  /** A message that is older than messages may become. */
  async function leaveOldMessage(node: RunningRelay): Promise<void> {
    const [owner, sender] = [new Store(node), new Store(node)]
    // The mailbox is made past the relay: without Redis it makes none.
    const send_id = randomBytes(16)
    await test.query("insert into relay_mailbox (receive_id, send_id, owner_key, ref) values ($1, $2, $3, $4)", [
      randomBytes(16),
      send_id,
      owner.key.public_key,
      randomBytes(16),
    ])
    expect((await sender.send(send_id.toString("base64url"), sealedMessages(1))).status).toBe(200)
    await test.query("update relay_message set stored_at = now() - interval '15 days'")
  }

  const oldMessagesGone = () =>
    until(async () => ((await test.query("select 1 from relay_message")).length === 0 ? true : undefined))
})

/** A guess at a slot that is not there. */
const guess = (store: Store): Promise<Answer> => store.begin({ slot: "22", session_id: id(32) })

async function pairUp(
  distributor: Store,
  retailer: Store,
  slot: { readonly slot: string; readonly session_id: string }
): Promise<void> {
  expect((await retailer.call("GET", `/v1/slots/${slot.slot}`)).status).toBe(200)
  const attempt = await retailer.beginId(slot)
  for (const [store, step] of [[distributor, 2], [retailer, 3], [distributor, 4]] as const) {
    expect((await store.sendStep(attempt, step)).status).toBe(204)
  }
}

function withPassword(url: string): string {
  const changed = new URL(url)
  changed.password = "canary"
  return changed.toString()
}
