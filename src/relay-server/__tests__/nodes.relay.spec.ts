import { until } from "../../../integration-tests/helpers/until"
import { startRelayProcess, type RelayProcess } from "./helpers/relay-process"
import { Store, fetchAnswer, sealedMessages } from "./helpers/store"
import { TestRelay } from "./helpers/test-relay"

let test: TestRelay
const processes: RelayProcess[] = []

beforeAll(async () => {
  test = await TestRelay.create()
})

afterAll(async () => {
  processes.forEach(({ child }) => child.kill("SIGKILL"))
  await Promise.all(processes.map(({ ended }) => ended))
  await test.destroy()
})

async function start(env: Record<string, string> = {}): Promise<RelayProcess> {
  const node = await startRelayProcess({ DATABASE_URL: test.url, DATABASE_CONNECTIONS: "3", ...env })
  processes.push(node)
  return node
}

/** Whether it is ready; a node that does not answer is not. */
const ready = async ({ origin }: RelayProcess): Promise<boolean> =>
  await fetchAnswer(`${origin}/health/ready`).then(
    ({ status }) => status === 200,
    () => false
  )

const isReady = (node: RelayProcess) => until(async () => ((await ready(node)) ? true : undefined))

const waits = ({ origin }: RelayProcess) =>
  until(async () => {
    const { bytes } = await fetchAnswer(`${origin}/metrics`)
    return bytes.toString().includes("wholesale_relay_waiting_polls 1\n") ? true : undefined
  })

describe("nodes in processes of their own", () => {
  it("start at once on an empty database, and one goes on when the other is killed in a long-poll", async () => {
    const [first, second] = await Promise.all([start(), start()])
    await Promise.all([isReady(first), isReady(second)])
    const migrated = (await test.query<{ name: string }>("select name from relay_migration")).map(({ name }) => name)
    expect(migrated).not.toEqual([])
    expect(new Set(migrated).size).toBe(migrated.length)

    const [owner, sender] = [new Store(first), new Store(second)]
    const mailbox = await owner.openMailbox()
    const messages = sealedMessages(20)
    const woken = owner.receive({ wait_seconds: 25 })
    await waits(first)
    await sender.send(mailbox.send_id, messages.slice(0, 10))
    const received = await woken
    expect(received).toHaveLength(10)
    await owner.receive({ acknowledge: received })

    const cutOff = owner.receive({ wait_seconds: 25 })
    const failed = expect(cutOff).rejects.toThrow()
    await waits(first)
    first.child.kill("SIGKILL")
    expect(await first.ended).toBe("SIGKILL")
    await failed
    const again = owner.at(second).receive({ wait_seconds: 25 })
    await waits(second)
    await sender.send(mailbox.send_id, messages.slice(10))
    expect((await again).map(({ sealed }) => sealed)).toEqual(messages.slice(10))

    // Another takes its place, and knows all that it knew.
    const third = await start()
    await isReady(third)
    expect(await owner.at(third).receive()).toHaveLength(10)
  })

  it("end in order when they are told to, also in a long-poll", async () => {
    const node = await start()
    await isReady(node)
    const waiting = new Store(node).call("POST", "/v1/receive", { wait_seconds: 25 })
    await waits(node)
    node.child.kill("SIGTERM")
    const answer = await waiting
    expect([answer.status, answer.bytes.length]).toEqual([200, 0])
    expect(await node.ended).toBe(0)
  })

  it("say why they cannot start", async () => {
    const [unset, wrong, away] = await Promise.all([
      start({ DATABASE_URL: "", PORT: "http" }),
      start({ RELAY_ORIGINS: "relay.example.com" }),
      start({ DATABASE_URL: "postgres://nobody:canary@127.0.0.1:1/none" }),
    ])
    expect(await Promise.all([unset, wrong, away].map(({ ended }) => ended))).toEqual([1, 1, 1])
    expect(unset.output()).toMatch(
      /DATABASE_URL is not set\.\nPORT is "http"; it must be a whole number from 0 to 65535\./
    )
    expect(wrong.output()).toMatch(/RELAY_ORIGINS has "relay.example.com"/)
    expect(away.output()).toMatch(/The relay cannot start: .*ECONNREFUSED/)
    expect(away.output()).not.toMatch(/canary/)
  })
})
