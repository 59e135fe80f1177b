import { fastify } from "fastify"

import { freePort } from "../../../integration-tests/helpers/free-port"
import { startRelayNode, type RelayNode } from "../../../integration-tests/helpers/relay-node"
import { RelayStops } from "../../../integration-tests/helpers/relay-stops"
import { until } from "../../../integration-tests/helpers/until"
import { mailboxRoutes } from "../mailboxes/routes"
import { openRelay, type Closers } from "../open-relay"
import { attemptRoutes, slotRoutes } from "../pairing/routes"
import { Store, fetchAnswer, id, pairingMessage, sealedMessages, type Answer } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

/** One caller, as far as the relay can tell: its address is this machine's. Each request that stops keeps a connection. */
const AMPLE = {
  RELAY_LOOKUPS_PER_ADDRESS: "1000",
  RELAY_ATTEMPTS_PER_ADDRESS: "1000",
  RELAY_ATTEMPTS_OF_ALL: "1000",
  RELAY_SLOTS_PER_ADDRESS: "1000",
  DATABASE_CONNECTIONS: "60",
}

let test: TestRelay
let node: RelayNode

/** A request in the middle of which the relay is killed. */
interface Play {
  readonly who: Store
  readonly request: () => Promise<Answer>
  /** Asks again, and sees that it is as if nothing had happened. */
  readonly again: () => Promise<void>
}

interface Scene {
  readonly route: string
  /** Where a route has several. */
  readonly what?: string
  /** What the request makes durable, in this order. */
  readonly writes: readonly string[]
  /** For a request that waits: makes the news that it waits for, once it has been asked again. */
  readonly news?: true
  readonly play: (waits: boolean) => Promise<Play>
}

const store = (): Store => new Store(node)
const bytes = (text: string): Buffer => Buffer.from(text, "base64url")
const count = async (sql: string, value: Buffer): Promise<number> => {
  const [row] = await test.query<{ count: number }>(`select count(*)::int from ${sql}`, [value])
  return row?.count ?? 0
}

/** A mailbox with three messages. */
async function mail() {
  const [owner, sender] = [store(), store()]
  const mailbox = await owner.openMailbox()
  const messages = sealedMessages(3)
  await sender.send(mailbox.send_id, messages)
  return { owner, sender, mailbox, messages }
}

/** What is left in a mailbox, by its messages and by its counts. */
async function leftIn(receiveId: string): Promise<unknown> {
  const [row] = await test.query(
    `select message_count, byte_count::int, count(m.*)::int as messages, coalesce(sum(m.size), 0)::int as bytes
     from relay_mailbox b left join relay_message m on m.mailbox_id = b.id where receive_id = $1 group by b.id`,
    [bytes(receiveId)]
  )
  return row
}

async function meet() {
  const [distributor, retailer] = [store(), store()]
  return { distributor, retailer, slot: await distributor.openSlot() }
}

/** An attempt at which the next message is due. */
async function begun(next: 2 | 3 | 4) {
  const met = await meet()
  const { distributor, retailer, slot } = met
  const attempt = await retailer.beginId(slot)
  for (const step of [2, 3].filter((before) => before < next)) {
    await (step === 2 ? distributor : retailer).sendStep(attempt, step)
  }
  return { ...met, attempt, sides: next === 3 ? [retailer, distributor] : [distributor, retailer] }
}

/** From an attempt to its last message. */
async function pairOn({ distributor, retailer }: { distributor: Store; retailer: Store }, attempt: string, next = 2) {
  for (const step of [2, 3, 4].filter((due) => due >= next)) {
    const [from, to] = step === 3 ? [retailer, distributor] : [distributor, retailer]
    const message = pairingMessage()
    expect((await from.sendStep(attempt, step, message)).status).toBe(204)
    expect((await to.waitStep(attempt, step)).json()).toEqual({ message })
  }
}

const messageScene = (step: 2 | 3 | 4, forgiven: readonly string[] = []): Scene => ({
  route: "POST /v1/attempts/:id/messages",
  what: `message ${step}`,
  writes: ["update relay_attempt", ...forgiven],
  play: async () => {
    const pair = await begun(step)
    const [from, to] = pair.sides as [Store, Store]
    const message = pairingMessage()
    return {
      who: from,
      request: () => from.sendStep(pair.attempt, step, message),
      again: async () => {
        const reader = to.at(node)
        expect((await from.at(node).sendStep(pair.attempt, step, message)).status).toBe(204)
        expect((await reader.waitStep(pair.attempt, step)).json()).toEqual({ message })
        await pairOn(pair, pair.attempt, step + 1)
        expect(await count("relay_slot where session_id = $1 and state = 'used'", bytes(pair.slot.session_id))).toBe(1)
      },
    }
  },
})

const SCENES: readonly Scene[] = [
  {
    route: "POST /v1/mailboxes",
    writes: ["insert into relay_limit", "insert into relay_mailbox"],
    play: async () => {
      const [owner, ref] = [store(), id()]
      const request = () => owner.call("POST", "/v1/mailboxes", { ref })
      return {
        who: owner,
        request,
        again: async () => {
          const { send_id } = (await request()).json<{ send_id: string }>()
          expect(await count("relay_mailbox where owner_key = $1", owner.key.public_key)).toBe(1)
          const messages = sealedMessages(1)
          await store().send(send_id, messages)
          expect((await owner.receive()).map(({ sealed }) => sealed)).toEqual(messages)
        },
      }
    },
  },
  {
    route: "DELETE /v1/mailboxes/:receive_id",
    writes: ["delete from relay_message"],
    play: async () => {
      const { owner, sender, mailbox } = await mail()
      const request = () => owner.call("DELETE", `/v1/mailboxes/${mailbox.receive_id}`)
      return {
        who: owner,
        request,
        again: async () => {
          expect([204, 404]).toContain((await request()).status)
          expect(await leftIn(mailbox.receive_id)).toBeUndefined()
          expect((await sender.send(mailbox.send_id, sealedMessages(1))).status).toBe(404)
          expect(await owner.receive()).toEqual([])
        },
      }
    },
  },
  {
    route: "POST /v1/send/:send_id",
    writes: ["insert into relay_message"],
    play: async () => {
      const { owner, sender, mailbox, messages } = await mail()
      const more = sealedMessages(2)
      const request = () => sender.send(mailbox.send_id, more)
      return {
        who: sender,
        request,
        again: async () => {
          expect((await request()).json()).toEqual({ accepted: 2 })
          expect((await owner.receive()).map(({ sealed }) => sealed)).toEqual([...messages, ...more])
          const sizes = [...messages, ...more].reduce((sum, { length }) => sum + length, 0)
          const counted = { message_count: 5, byte_count: sizes, messages: 5, bytes: sizes }
          expect(await leftIn(mailbox.receive_id)).toEqual(counted)
        },
      }
    },
  },
  {
    // Killed on its arrival: what was handed out before is not acknowledged.
    route: "POST /v1/receive",
    what: "acknowledging",
    writes: ["delete from relay_message"],
    play: async () => {
      const { owner, mailbox, messages } = await mail()
      const handedOut = await owner.receive({ limit: 2 })
      const acknowledge = handedOut.map(({ mailbox: box, sealed }) => [box, sealed.toString("hex", 10, 26)])
      const request = () => owner.call("POST", "/v1/receive", { wait_seconds: 0, acknowledge })
      return {
        who: owner,
        request,
        again: async () => {
          // Who forgot that it took them is given again what is still there, and the rest in any case.
          const again = (await owner.receive()).map(({ sealed }) => sealed)
          expect([messages, messages.slice(2)]).toContainEqual(again)
          expect((await owner.receive({ acknowledge: handedOut })).map(({ sealed }) => sealed)).toEqual(messages.slice(2))
          const bytesLeft = messages[2]?.length
          expect(await leftIn(mailbox.receive_id)).toEqual({
            message_count: 1,
            byte_count: bytesLeft,
            messages: 1,
            bytes: bytesLeft,
          })
        },
      }
    },
  },
  {
    route: "POST /v1/receive",
    what: "handing out",
    writes: [],
    news: true,
    play: async (waits) => {
      const [owner, sender] = [store(), store()]
      const mailbox = await owner.openMailbox()
      const messages = sealedMessages(2)
      const send = () => sender.send(mailbox.send_id, messages)
      await (waits || send())
      return {
        who: owner,
        request: () => owner.call("POST", "/v1/receive", { wait_seconds: 25 }),
        again: async () => {
          const received = owner.receive({ wait_seconds: 25 })
          await (waits && send())
          expect((await received).map(({ sealed }) => sealed)).toEqual(messages)
        },
      }
    },
  },
  {
    route: "POST /v1/slots",
    writes: ["update relay_slot"],
    play: async () => {
      const [distributor, retailer, session_id] = [store(), store(), id(32)]
      return {
        who: distributor,
        request: () => distributor.call("POST", "/v1/slots", { session_id, ttl_seconds: 600 }),
        again: async () => {
          const slot = await distributor.openSlot(session_id)
          expect(await count("relay_slot where owner_key = $1", distributor.key.public_key)).toBe(1)
          expect((await retailer.call("GET", `/v1/slots/${slot.slot}`)).json()).toEqual({ session_id })
          await pairOn({ distributor, retailer }, await retailer.beginId(slot))
        },
      }
    },
  },
  {
    route: "DELETE /v1/slots/:session_id",
    writes: ["update relay_slot"],
    play: async () => {
      const { distributor, retailer, slot } = await meet()
      const request = () => distributor.call("DELETE", `/v1/slots/${slot.session_id}`)
      return {
        who: distributor,
        request,
        again: async () => {
          expect([204, 404]).toContain((await request()).status)
          expect((await retailer.begin(slot)).status).toBe(404)
        },
      }
    },
  },
  {
    route: "GET /v1/slots/:slot",
    writes: ["insert into relay_limit", "insert into relay_limit"],
    play: async () => {
      const { retailer, slot } = await meet()
      const request = () => retailer.call("GET", `/v1/slots/${slot.slot}`)
      return {
        who: retailer,
        request,
        again: async () => expect((await request()).json()).toEqual({ session_id: slot.session_id }),
      }
    },
  },
  {
    route: "POST /v1/slots/wait",
    writes: [],
    news: true,
    play: async (waits) => {
      const { distributor, retailer, slot } = await meet()
      const message = pairingMessage()
      const early = waits ? undefined : await retailer.beginId(slot, message)
      const request = () => distributor.call("POST", "/v1/slots/wait", { wait_seconds: 25 })
      return {
        who: distributor,
        request,
        again: async () => {
          const asked = request()
          const attempt_id = early ?? (await retailer.beginId(slot, message))
          const attempts = [{ attempt_id, session_id: slot.session_id, slot: slot.slot, message }]
          expect((await asked).json()).toEqual({ attempts })
          await pairOn({ distributor, retailer }, attempt_id)
        },
      }
    },
  },
  {
    route: "POST /v1/attempts",
    writes: [...Array<string>(3).fill("insert into relay_limit"), "insert into relay_attempt"],
    play: async () => {
      const { distributor, retailer, slot } = await meet()
      const message = pairingMessage()
      return {
        who: retailer,
        request: () => retailer.begin(slot, message),
        again: async () => {
          const attempt = await retailer.beginId(slot, message)
          expect(await count("relay_attempt where guest_key = $1", retailer.key.public_key)).toBe(1)
          expect(await count("relay_slot where session_id = $1 and attempts = 1", bytes(slot.session_id))).toBe(1)
          await pairOn({ distributor, retailer }, attempt)
        },
      }
    },
  },
  messageScene(2),
  messageScene(3),
  messageScene(4, Array<string>(3).fill("insert into relay_limit")),
  {
    route: "POST /v1/attempts/:id/wait",
    writes: [],
    news: true,
    play: async (waits) => {
      const pair = await begun(2)
      const { distributor, retailer, attempt } = pair
      const message = pairingMessage()
      const send = () => distributor.sendStep(attempt, 2, message)
      await (waits || send())
      return {
        who: retailer,
        request: () => retailer.waitStep(attempt, 2, 25),
        again: async () => {
          const asked = retailer.waitStep(attempt, 2, 25)
          await (waits && send())
          expect((await asked).json()).toEqual({ message })
          await pairOn(pair, attempt, 3)
        },
      }
    },
  },
  {
    route: "DELETE /v1/attempts/:id",
    writes: ["update relay_attempt"],
    play: async () => {
      const pair = await begun(3)
      const { retailer, attempt } = pair
      const request = () => retailer.call("DELETE", `/v1/attempts/${attempt}`)
      return {
        who: retailer,
        request,
        again: async () => {
          expect([204, 404]).toContain((await request()).status)
          expect((await retailer.sendStep(attempt, 3)).status).toBe(404)
          expect(await count("relay_attempt where id = $1 and message_1 is null", bytes(attempt))).toBe(1)
          // The slot takes another.
          await pairOn(pair, await retailer.beginId(pair.slot))
        },
      }
    },
  },
]

interface Step {
  readonly name: string
  readonly scene: Scene
  readonly after: number | "all" | "waiting"
}

const STEPS: readonly Step[] = SCENES.flatMap((scene) => {
  const request = [scene.route, scene.what].filter(Boolean).join(", ")
  const after = scene.writes.map((write, index): Step => ({ name: `${request}, ${index + 1}: ${write}`, scene, after: index + 1 }))
  return [
    { name: `${request}, arrived`, scene, after: 0 },
    ...after,
    ...(scene.news ? [{ name: `${request}, waiting`, scene, after: "waiting" as const }] : []),
    { name: `${request}, done and not answered`, scene, after: "all" },
  ]
})

describe("a relay that is killed", () => {
  const stops = new RelayStops()
  const plays = new Map<string, Play & { readonly answer: Promise<unknown> }>()
  const written = new Map<string, readonly string[]>()

  beforeAll(async () => {
    test = await TestRelay.create()
    const port = await freePort()
    const { preload, variables } = stops.options
    node = await startRelayNode({ database_url: test.url, port, preload, variables: { ...AMPLE, ...variables } })
    const begin = async ({ name, scene, after }: Step): Promise<void> => {
      const play = await scene.play(after === "waiting")
      if (after !== "waiting") {
        const signer = play.who.key.public_key.toString("base64url")
        stops.add({ step: name, signer, request: scene.route.split(":")[0] ?? "", after })
      }
      const answer = play.request().then(
        ({ status }) => status,
        () => "cut off"
      )
      plays.set(name, { ...play, answer })
      if (after !== "waiting") {
        written.set(name, await stops.reached(node, name))
      }
    }
    await Promise.all(STEPS.map(begin))
    const waiting = `wholesale_relay_waiting_polls ${STEPS.filter(({ after }) => after === "waiting").length}\n`
    await until(async () => (await fetchAnswer(`${node.origin}/metrics`)).bytes.includes(waiting) || undefined)
    await node.kill()
    node = await startRelayNode({ database_url: test.url, port, variables: AMPLE })
  })

  afterAll(async () => {
    await node.kill()
    await test.destroy()
    stops.close()
  })

  it.each(STEPS.map(({ name }) => name))("%s: asked again, nothing is lost and nothing is done twice", async (name) => {
    const play = plays.get(name)
    expect(await play?.answer).toBe("cut off")
    await play?.again()
  })

  it("was killed after each thing that a request makes durable", () => {
    for (const { name, scene, after } of STEPS) {
      const before = after === "all" ? scene.writes : scene.writes.slice(0, Number(after))
      expect([name, written.get(name) ?? []]).toEqual([name, before])
    }
  })

  it("was killed in a request to each of its routes that a store asks", async () => {
    const closers: Closers = []
    const app = fastify({ exposeHeadRoutes: false })
    const routes = new Set<string>()
    app.addHook("onRoute", ({ method, url }) => {
      routes.add(`${String(method)} ${url}`)
    })
    const relay = await openRelay(test.config(), app.log, closers)
    mailboxRoutes(app, relay)
    slotRoutes(app, relay)
    attemptRoutes(app, relay)
    await app.close()
    for (const close of closers.reverse()) {
      await close()
    }
    expect([...new Set(SCENES.map(({ route }) => route))].sort()).toEqual([...routes].sort())
  })
})
