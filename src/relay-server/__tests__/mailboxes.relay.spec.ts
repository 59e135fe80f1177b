import { readMailboxFrames, writeFrames } from "../../lib/relay/frames"
import { signRequest } from "../../lib/relay/request-signature"
import { until } from "../../../integration-tests/helpers/until"
import type { RunningRelay } from "../start-relay"
import { Store, fetchAnswer, id, messageId, sealedMessage, sealedMessages, withIdOf } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

let test: TestRelay
let node: RunningRelay

beforeAll(async () => {
  test = await TestRelay.create()
  node = await test.start()
})

afterAll(async () => {
  await test.destroy()
})

/** Two stores, and a mailbox of one that the other may send to. */
async function pair() {
  const [owner, sender] = [new Store(node), new Store(node)]
  return { owner, sender, mailbox: await owner.openMailbox() }
}

const accepted = (sent: { json<Body>(): Body }) => sent.json<{ accepted: number }>().accepted

describe("a mailbox", () => {
  it("is made once for a key and ref", async () => {
    const [store, other] = [new Store(node), new Store(node)]
    const ref = id()
    const first = await store.call("POST", "/v1/mailboxes", { ref })
    expect(first.status).toBe(200)
    expect(first.json()).toEqual({
      receive_id: expect.stringMatching(/^[\w-]{22}$/),
      send_id: expect.stringMatching(/^[\w-]{22}$/),
    })
    expect((await store.call("POST", "/v1/mailboxes", { ref })).json()).toEqual(first.json())
    expect((await other.call("POST", "/v1/mailboxes", { ref })).json()).not.toEqual(first.json())
  })

  it("is one mailbox also when it is asked for many times at once", async () => {
    const store = new Store(node)
    const ref = id()
    const answers = await Promise.all(Array.from({ length: 20 }, () => store.call("POST", "/v1/mailboxes", { ref })))
    expect(new Set(answers.map(({ bytes }) => bytes.toString())).size).toBe(1)
    expect(answers[0]?.status).toBe(200)
  })

  it("goes with all that lies in it, and leaves no sign that it was there", async () => {
    const { owner, sender, mailbox } = await pair()
    await sender.send(mailbox.send_id, sealedMessages(3))
    expect((await sender.call("DELETE", `/v1/mailboxes/${mailbox.receive_id}`)).status).toBe(404)
    const deleted = await owner.call("DELETE", `/v1/mailboxes/${mailbox.receive_id}`)
    expect([deleted.status, deleted.bytes.length]).toEqual([204, 0])
    expect((await owner.call("DELETE", `/v1/mailboxes/${mailbox.receive_id}`)).status).toBe(404)
    expect((await sender.send(mailbox.send_id, sealedMessages(1))).status).toBe(404)
    expect(await owner.receive()).toEqual([])
    expect(await messagesIn(mailbox.receive_id)).toBe(0)
  })
})

describe("sending and receiving", () => {
  it("hands out the very bytes, in the order of their arrival, until they are acknowledged", async () => {
    const { owner, sender, mailbox } = await pair()
    const [first, second] = [sealedMessages(7), sealedMessages(5, 32)]
    expect(accepted(await sender.send(mailbox.send_id, first))).toBe(7)
    expect(accepted(await sender.send(mailbox.send_id, second))).toBe(5)
    const sent = [...first, ...second].map((sealed) => ({ mailbox: mailbox.receive_id, sealed }))
    expect(await owner.receive()).toEqual(sent)
    expect(await owner.receive()).toEqual(sent)
    // The first five and one in the middle go; what is left keeps its order.
    expect(await owner.receive({ acknowledge: [...sent.slice(0, 5), ...sent.slice(8, 9)] })).toEqual([
      ...sent.slice(5, 8),
      ...sent.slice(9),
    ])
    expect(await owner.receive({ acknowledge: sent })).toEqual([])
  })

  it("keeps the first bytes of a message id, and counts what was there as accepted", async () => {
    const { owner, sender, mailbox } = await pair()
    const [one, two, three] = [sealedMessage(), sealedMessage(), sealedMessage()]
    expect(accepted(await sender.send(mailbox.send_id, [one, two]))).toBe(2)
    // Again, with other bytes for one, and a third that comes twice in the batch.
    const again = [withIdOf(one), two, three, withIdOf(three)]
    expect(accepted(await sender.send(mailbox.send_id, again))).toBe(4)
    expect((await owner.receive()).map(({ sealed }) => sealed)).toEqual([one, two, three])
  })

  it("takes the same batch once when it is sent many times at once", async () => {
    const { owner, sender, mailbox } = await pair()
    const batch = sealedMessages(20)
    const answers = await Promise.all(Array.from({ length: 10 }, () => sender.send(mailbox.send_id, batch)))
    expect(answers.map(accepted)).toEqual(Array(10).fill(20))
    expect((await owner.receive()).map(({ sealed }) => sealed)).toEqual(batch)
  })

  it("counts right whatever comes and goes at once", async () => {
    const { owner, sender, mailbox } = await pair()
    const batches = Array.from({ length: 12 }, () => sealedMessages(10, 32))
    const got = new Set<string>()
    const receiving = until(async () => {
      const frames = await owner.receive({ limit: 17 })
      frames.forEach(({ sealed }) => got.add(messageId(sealed)))
      await Promise.all([owner.receive({ acknowledge: frames }), owner.receive({ acknowledge: frames })])
      return got.size === 120 ? true : undefined
    })
    await Promise.all([...batches, ...batches].map((batch) => sender.send(mailbox.send_id, batch)))
    await receiving
    await owner.receive({ acknowledge: await owner.receive() })
    expect(
      await test.query("select message_count, byte_count::int from relay_mailbox where receive_id = $1", [
        bytes(mailbox.receive_id),
      ])
    ).toEqual([{ message_count: 0, byte_count: 0 }])
    expect(await messagesIn(mailbox.receive_id)).toBe(0)
  })

  it("carries the longest message there can be", async () => {
    const { owner, sender, mailbox } = await pair()
    // A chunk of 256 KiB with its manifest of 44 bytes.
    const longest = sealedMessage(256 * 1024 + 44)
    expect(accepted(await sender.send(mailbox.send_id, [longest]))).toBe(1)
    expect((await owner.receive())[0]?.sealed.equals(longest)).toBe(true)
  })

  it("hands out no more bytes than fit one answer", async () => {
    const { owner, sender, mailbox } = await pair()
    const longest = 256 * 1024 + 44
    await sender.send(mailbox.send_id, sealedMessages(15, longest))
    await sender.send(mailbox.send_id, sealedMessages(5, longest))
    // 15 × 262,307 bytes fit 4 MiB = 4,194,304; 16 would be 4,196,912.
    const first = await owner.receive()
    expect(first).toHaveLength(15)
    expect(await owner.receive({ acknowledge: first })).toHaveLength(5)
  })

  it("binds a mailbox to the first who sends to it", async () => {
    const { owner, sender, mailbox } = await pair()
    const other = new Store(node)
    expect((await other.call("POST", `/v1/send/${mailbox.send_id}`, Buffer.from([0, 0, 0, 1, 9]))).status).toBe(400)
    expect((await sender.send(mailbox.send_id, sealedMessages(1))).status).toBe(200)
    expect((await other.send(mailbox.send_id, sealedMessages(1))).status).toBe(404)
    expect((await owner.send(mailbox.send_id, sealedMessages(1))).status).toBe(404)
    expect((await sender.send(mailbox.send_id, sealedMessages(1))).status).toBe(200)
    expect(await owner.receive()).toHaveLength(2)
  })

  it("binds it to one of several who send first at once", async () => {
    const owner = new Store(node)
    const mailbox = await owner.openMailbox()
    const senders = Array.from({ length: 8 }, () => new Store(node))
    const answers = await Promise.all(senders.map((sender) => sender.send(mailbox.send_id, sealedMessages(1))))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(7).fill(404)])
    expect(await owner.receive()).toHaveLength(1)
  })

  it("deletes nothing of another's that is acknowledged", async () => {
    const { owner, sender, mailbox } = await pair()
    const other = await pair()
    await sender.send(mailbox.send_id, sealedMessages(2))
    await other.sender.send(other.mailbox.send_id, sealedMessages(2))
    const own = await owner.receive()
    expect(await other.owner.receive({ acknowledge: own })).toHaveLength(2)
    expect(await owner.receive()).toEqual(own)
  })

  it("is fair over mailboxes: a full one does not keep the others waiting", async () => {
    const owner = new Store(node)
    const boxes = await Promise.all(Array.from({ length: 5 }, () => owner.openMailbox()))
    const counts = [200, 1, 3, 0, 150]
    for (const [index, box] of boxes.entries()) {
      if (counts[index]) {
        await new Store(node).send(box.send_id, sealedMessages(counts[index], 32))
      }
    }
    const frames = await owner.receive({ limit: 50 })
    const taken = boxes.map(({ receive_id }) => frames.filter(({ mailbox }) => mailbox === receive_id).length)
    // 1 and 3 give all they have; 46 are left for the two others, 23 each.
    expect(taken).toEqual([23, 1, 3, 0, 23])
  })

  it("hands out the oldest first where there are more mailboxes than it may hand out", async () => {
    const owner = new Store(node)
    const boxes = await Promise.all(Array.from({ length: 6 }, () => owner.openMailbox()))
    const sent: Buffer[] = []
    for (const box of boxes) {
      const messages = sealedMessages(2, 32)
      sent.push(messages[0] ?? Buffer.alloc(0))
      await new Store(node).send(box.send_id, messages)
    }
    expect((await owner.receive({ limit: 4 })).map(({ sealed }) => sealed)).toEqual(sent.slice(0, 4))
  })

  it("answers bytes as such, and every answer tells the relay's clock", async () => {
    const answer = await new Store(node).call("POST", "/v1/receive", { wait_seconds: 0, acknowledge: [] })
    expect(answer.headers.get("content-type")).toBe("application/octet-stream")
    expect(readMailboxFrames(answer.bytes)).toEqual([])
    expect(Math.abs(Number(answer.headers.get("x-relay-time")) - Date.now())).toBeLessThan(60_000)
  })
})

describe("quotas", () => {
  it("takes the first part of a batch that there is room for, and says when to come again", async () => {
    const small = await test.start({ RELAY_MAILBOX_MESSAGES: "10" })
    const [owner, sender] = [new Store(small), new Store(small)]
    const mailbox = await owner.openMailbox()
    const batch = sealedMessages(8, 32)
    expect((await sender.send(mailbox.send_id, batch)).json()).toEqual({ accepted: 8 })
    // The eight are there; two of the new ones have room.
    const more = sealedMessages(4, 32)
    const full = await sender.send(mailbox.send_id, [...batch, ...more])
    expect([full.status, full.json()]).toEqual([200, { accepted: 10, retry_after_seconds: 60 }])
    expect((await sender.send(mailbox.send_id, sealedMessages(1, 32))).json()).toMatchObject({ accepted: 0 })
    expect((await sender.send(mailbox.send_id, batch)).json()).toEqual({ accepted: 8 })
    const waiting = await owner.receive()
    expect(waiting.map(({ sealed }) => sealed)).toEqual([...batch, ...more.slice(0, 2)])
    await owner.receive({ acknowledge: waiting })
    expect((await sender.send(mailbox.send_id, more)).json()).toEqual({ accepted: 4 })
  })

  it("counts bytes as well, and keeps the order: after one without room none", async () => {
    const small = await test.start({ RELAY_MAILBOX_BYTES: String(1024 * 1024) })
    const [owner, sender] = [new Store(small), new Store(small)]
    const mailbox = await owner.openMailbox()
    const large = sealedMessages(4, 256 * 1024)
    // 3 × 262,263 = 786,789 fit 1,048,576; a fourth would be 1,049,052. The little one behind it would fit.
    expect((await sender.send(mailbox.send_id, [...large, sealedMessage(32)])).json()).toMatchObject({ accepted: 3 })
    expect(await owner.receive()).toHaveLength(3)
  })

  it("rations the mailboxes of a key, and of an address within an hour", async () => {
    const small = await test.start({ RELAY_MAILBOXES_PER_KEY: "3", RELAY_MAILBOXES_PER_ADDRESS: "40" })
    const store = new Store(small)
    const refs = Array.from({ length: 6 }, () => id())
    const answers = await Promise.all(refs.map((ref) => store.call("POST", "/v1/mailboxes", { ref })))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429, 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.json()).toMatchObject({ code: "mailboxes_rationed", retry_after_seconds: 60 })
    expect(refused?.headers.get("retry-after")).toBe("60")

    const others = Array.from({ length: 45 }, () => new Store(small))
    const rest = await Promise.all(others.map((other) => other.call("POST", "/v1/mailboxes", { ref: id() })))
    expect(rest.filter(({ status }) => status === 429).length).toBeGreaterThan(0)
    const kept = answers.findIndex(({ status }) => status === 200)
    expect((await store.call("POST", "/v1/mailboxes", { ref: refs[kept] })).status).toBe(200)
  })
})

describe("what all may have together", () => {
  it("is so many mailboxes, also when they are asked for at once, and those that are there stay", async () => {
    const [{ count }] = await test.query<{ count: number }>("select count(*)::int from relay_mailbox")
    const small = await test.start({ RELAY_MAILBOXES: String(count + 3) })
    const stores = Array.from({ length: 8 }, () => ({ store: new Store(small), ref: id() }))
    const ask = ({ store, ref }: (typeof stores)[number]) => store.call("POST", "/v1/mailboxes", { ref })
    const answers = await Promise.all(stores.map(ask))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429, 429, 429, 429, 429])
    expect(answers.find(({ status }) => status === 429)?.json()).toMatchObject({ code: "mailboxes_rationed" })
    const again = await Promise.all(stores.map(ask))
    expect(again.map(({ status }) => status)).toEqual(answers.map(({ status }) => status))
  })

  it("is so many bytes: no mailbox takes anything new, and what is there is handed out", async () => {
    const { owner, sender, mailbox } = await pair()
    const large = sealedMessages(4, 256 * 1024)
    await sender.send(mailbox.send_id, large)
    const full = await test.start({ RELAY_BYTES: String(1024 * 1024) })
    const sendToFull = sender.at(full)
    // It counts when it is first asked, and nobody waits for that.
    await until(async () => {
      const { bytes: text } = await fetchAnswer(full.metrics_url)
      return /wholesale_relay_waiting_bytes [1-9]/.test(text.toString()) ? true : undefined
    })
    const refused = await sendToFull.send(mailbox.send_id, [large[0], sealedMessage(32), large[1]])
    expect([refused.status, refused.json()]).toEqual([200, { accepted: 1, retry_after_seconds: 60 }])
    expect(await owner.receive()).toHaveLength(4)
  })
})

describe("one answer for whatever is not there", () => {
  it("is the same to the byte, headers too, whatever the cause", async () => {
    const { owner, sender, mailbox } = await pair()
    await sender.send(mailbox.send_id, sealedMessages(1))
    const other = new Store(node)
    const gone = await pair()
    await gone.owner.call("DELETE", `/v1/mailboxes/${gone.mailbox.receive_id}`)
    const slot = await owner.openSlot()
    const used = await other.openSlot()
    await other.call("DELETE", `/v1/slots/${used.session_id}`)
    const attempt = await sender.beginId(slot)
    const body = writeFrames(sealedMessages(1))
    const message = { step: 2, message: "AAAA" }
    const causes = await Promise.all([
      other.call("GET", "/"),
      other.call("GET", "/v1/nothing"),
      other.call("POST", "/v1/nothing", { some: "body" }),
      other.call("PUT", "/v1/receive", { wait_seconds: 0 }),
      other.call("POST", `/v1/send/${id()}`, body),
      other.call("POST", `/v1/send/${mailbox.send_id}`, body),
      other.call("POST", `/v1/send/${gone.mailbox.send_id}`, body),
      other.call("POST", `/v1/send/${mailbox.receive_id}`, body),
      other.call("POST", "/v1/send/no-id", body),
      other.call("POST", `/v1/send/${"A".repeat(65)}`, body),
      other.call("DELETE", `/v1/mailboxes/${id()}`),
      other.call("DELETE", `/v1/mailboxes/${mailbox.receive_id}`),
      gone.owner.call("DELETE", `/v1/mailboxes/${gone.mailbox.receive_id}`),
      other.call("GET", "/v1/slots/00"),
      other.call("GET", "/v1/slots/%00"),
      other.call("GET", `/v1/slots/${used.slot}`),
      other.call("DELETE", `/v1/slots/${slot.session_id}`),
      other.call("DELETE", `/v1/slots/${used.session_id}`),
      other.call("POST", "/v1/slots", { session_id: used.session_id, ttl_seconds: 60 }),
      other.begin({ slot: slot.slot, session_id: id(32) }),
      other.begin(used),
      other.call("POST", `/v1/attempts/${attempt}/messages`, message),
      sender.call("POST", `/v1/attempts/${attempt}/messages`, message),
      owner.call("POST", `/v1/attempts/${attempt}/messages`, { step: 4, message: "AAAA" }),
      other.call("POST", `/v1/attempts/${id()}/messages`, message),
      other.call("POST", `/v1/attempts/${attempt}/wait`, { step: 2, wait_seconds: 0 }),
      owner.call("POST", `/v1/attempts/${attempt}/wait`, { step: 2, wait_seconds: 0 }),
      other.call("DELETE", `/v1/attempts/${attempt}`),
      other.call("DELETE", `/v1/attempts/${id()}`),
    ])
    const forms = causes.map(({ status, headers, bytes: text }) => {
      const told = [...headers].filter(([name]) => name !== "date" && name !== "x-relay-time")
      return JSON.stringify([status, told, text.toString()])
    })
    expect([...new Set(forms)]).toEqual([
      JSON.stringify([
        404,
        [
          ["connection", "keep-alive"],
          ["content-length", "55"],
          ["content-type", "application/json; charset=utf-8"],
          ["keep-alive", "timeout=75, max=10000"],
        ],
        '{"code":"not_found","message":"There is nothing here."}',
      ]),
    ])
  })
})

describe("signatures", () => {
  it("turns away what is not signed, or not by that key over these bytes", async () => {
    const store = new Store(node)
    const unsigned = await fetchAnswer(`${node.origin}/v1/receive`, { method: "POST", body: "{}" })
    expect([unsigned.status, unsigned.json<{ code: string }>().code]).toEqual([401, "signature_invalid"])
    const wrong = { headers: { "x-relay-signature": "A".repeat(86) } }
    expect((await store.call("POST", "/v1/receive", { wait_seconds: 0 }, wrong)).json()).toMatchObject({
      code: "signature_invalid",
    })
    const elsewhere = new Store({ origin: node.origin.replace("127.0.0.1", "localhost") }, store.key)
    expect((await elsewhere.call("POST", "/v1/receive", { wait_seconds: 0 })).status).toBe(200)
    expect((await fetchAnswer(`${node.origin}/v1/nothing`)).status).toBe(401)
  })

  it("tells its clock to a store whose own is wrong", async () => {
    const answer = await new Store(node).call(
      "POST",
      "/v1/receive",
      { wait_seconds: 0 },
      { time_ms: Date.now() - 301_000 }
    )
    expect(answer.status).toBe(401)
    const { code, time_ms } = answer.json<{ code: string; time_ms: number }>()
    expect(code).toBe("clock_skew")
    expect(Math.abs(time_ms - Date.now())).toBeLessThan(60_000)
  })

  it("knows the origins it is told, and no others", async () => {
    const public_ = await test.start({ RELAY_ORIGINS: "https://relay.example.com,https://relay.example.org" })
    expect(public_.origin).toBe("https://relay.example.com")
    const port = new URL(public_.metrics_url).port
    const addressed = async (origin: string) => {
      const store = new Store({ origin })
      const body = Buffer.from('{"wait_seconds":0}')
      const headers = signRequest(store.key, { origin, method: "POST", path: "/v1/receive", body }, Date.now())
      return (await fetchAnswer(`http://127.0.0.1:${port}/v1/receive`, { method: "POST", headers, body })).status
    }
    expect(await addressed("https://relay.example.com")).toBe(200)
    expect(await addressed("https://relay.example.org")).toBe(200)
    expect(await addressed(`http://127.0.0.1:${port}`)).toBe(401)
  })
})

describe("what anybody may ask", () => {
  it("says what it is", async () => {
    expect((await fetchAnswer(`${node.origin}/v1/info`)).json()).toEqual({
      name: "medusa-wholesale-relay",
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      protocol: 1,
      time_ms: expect.any(Number),
    })
  })

  it("says that it lives and is ready", async () => {
    expect((await fetchAnswer(`${node.origin}/health/live`)).json()).toEqual({ status: "live" })
    expect((await fetchAnswer(`${node.origin}/health/ready`)).json()).toEqual({ status: "ready" })
  })
})

const bytes = (text: string): Buffer => Buffer.from(text, "base64url")

async function messagesIn(receiveId: string): Promise<number> {
  const [row] = await test.query<{ count: number }>(
    "select count(*)::int from relay_message m join relay_mailbox b on b.id = m.mailbox_id where b.receive_id = $1",
    [bytes(receiveId)]
  )
  return row?.count ?? 0
}
