import type { Job } from "bullmq"

import { messageOf } from "../../../lib/errors/message-of"
import { within } from "../../../lib/within"
import type { ChannelRef } from "../relay/upkeep"
import type { RelayExchange, TakenFromMailbox } from "../relay-exchange"
import type { RelayTraffic, StoreRelay } from "../relay-traffic"
import { makeQueue, makeWorker, type QueueSettings, type WakingQueue, type WakingWorker } from "./queue-backend"
import { keyOf, Receiver, type WorkersLog } from "./receiver"
import { Waker } from "./waker"

/** What the workers hand on: they carry messages and know nothing of documents and codes. */
export interface RelayErrands {
  /** Documents lie in inboxes and wait to be applied. */
  applyInbox(ids: readonly string[]): Promise<void>
  /** Answers those who enter one of the store's pairing codes, until none is open. */
  answerPairings(relay: StoreRelay): Promise<void>
}

interface WorkersInput {
  readonly exchange: Pick<RelayExchange, "noteRelay" | "relaysToPoll"> & {
    hasUnsent(channelId: string): Promise<boolean>
  }
  readonly traffic: RelayTraffic
  readonly errands: RelayErrands
  readonly settings: QueueSettings
  readonly log: WorkersLog
  /** Ended by `close`: nobody waits at a relay any longer. */
  readonly ending: AbortController
}

const SENDING_AT_ONCE = 8
/** For how long what is sealed one by one is let come together, once the first of it is out. */
const LINGER_MILLISECONDS = 30
/** Within that time receipts become one: each says all that those before it said. */
const ANSWER_MILLISECONDS = 100
/** A relay is asked again so much after it was to be left alone: no earlier by any clock. */
const LATE_MILLISECONDS = 100
const STORES_AT_ONCE = 200
/** What is under way, and a queue that answered, is given to end in order. */
const CLOSE_MILLISECONDS = 5_000

const PURPOSES = ["send", "receive", "pair"] as const
type Purpose = (typeof PURPOSES)[number]

interface Purposed {
  readonly queue: WakingQueue
  readonly waker: Waker
}

/**
 * The queues that wake who sends, receives and pairs, one a purpose. The tables are the truth: a job is
 * a row's id and may be lost or doubled, and the sweeper makes it again.
 */
export class RelayWorkers {
  private readonly queues: Readonly<Record<Purpose, Purposed>>
  private readonly workers: WakingWorker[] = []
  /** What this process is at, by what it is called. */
  private readonly running = new Map<Promise<unknown>, string>()
  private readonly ending: AbortController
  private applying: Promise<void> = Promise.resolve()
  /** Channels that this process is sending over: when it ends it looks whether more came in. */
  private readonly sending = new Set<string>()
  /** Channels that are soon to be answered over. */
  private readonly answering = new Set<string>()
  private readonly receiver: Receiver

  constructor(private readonly input: WorkersInput) {
    this.ending = input.ending
    this.receiver = new Receiver({ ...input, ending: input.ending.signal, onTaken: (taken) => this.handOn(taken) })
    this.queues = { send: this.open("send"), receive: this.open("receive"), pair: this.open("pair") }
  }

  private open(purpose: Purpose): Purposed {
    const queue = makeQueue(`wholesale-relay-${purpose}`, this.input.settings)
    const warn = (error: unknown) => this.warn(`queue ${queue.name}`, error)
    queue.on("error", warn)
    return { queue, waker: new Waker(queue, warn) }
  }

  /** Begins to work, in a process that may; once. */
  start(): void {
    if (this.workers.length) {
      return
    }
    const work = <Data>(purpose: Purpose, concurrency: number, processor: (data: Data) => Promise<boolean | void>) => {
      const { name } = this.queues[purpose].queue
      // What was being fetched when this process began to end is not begun.
      const begin = async ({ data }: Job<Data>) =>
        this.ending.signal.aborted ? undefined : await this.run(name, processor(data))
      const worker = makeWorker(name, begin, { ...this.input.settings, concurrency })
      worker.on("error", (error: Error) => this.warn(`worker ${name}`, error))
      worker.on("failed", (_, error: Error) => this.warn(`worker ${name}`, error))
      this.workers.push(worker)
      return worker
    }
    const sender = work<ChannelRef>("send", SENDING_AT_ONCE, (ref) => this.send(ref))
    // What came into the outbox while the job ended woke nobody: its like was still there.
    sender.on("completed", ({ data }: Job<ChannelRef>, isEmptied) => {
      void this.tried("sending on", async () => {
        if (isEmptied === true && (await this.input.exchange.hasUnsent(data.id))) {
          await this.wakeSending(data)
        }
      })
    })
    const receiver = work<StoreRelay>("receive", STORES_AT_ONCE, (relay) => this.receiver.poll(relay))
    receiver.on("completed", ({ data }: Job<StoreRelay>) => {
      void this.tried("polling on", async () => {
        const relays = await this.input.exchange.relaysToPoll()
        if (relays.some((relay) => keyOf(relay) === keyOf(data))) {
          await this.wakeReceiving(data)
        }
      })
    })
    work<StoreRelay>("pair", STORES_AT_ONCE, (relay) => this.input.errands.answerPairings(relay))
  }

  /** Something is to be sent over the channel. */
  async wakeSending(ref: ChannelRef): Promise<void> {
    if (!this.sending.has(ref.id)) {
      await this.wake("send", ref.id, ref)
    }
  }

  /** The store is to be reached by the relay. @returns whether the queue knows of it */
  async wakeReceiving(relay: StoreRelay): Promise<boolean> {
    return await this.wake("receive", keyOf(relay), relay)
  }

  /** The store waits for somebody to enter its code. */
  async wakePairing(relay: StoreRelay): Promise<void> {
    await this.wake("pair", keyOf(relay), relay)
  }

  /** Takes in what waits at the relay for the store by now, for a queue that is away. */
  async receiveWaiting(relay: StoreRelay): Promise<void> {
    if (this.workers.length) {
      await this.run("receiving", this.receiver.receiveWaiting(relay))
    }
  }

  /**
   * Ends what waits at relays at once, lets what is being written be written, and lets go of the queues. One that does
   * not answer is told nothing more, as is none while a job does not end: of the jobs that had been taken from it others
   * take what was not done.
   */
  async close(): Promise<void> {
    this.ending.abort(new Error("The process is ending."))
    await Promise.all(this.workers.map((worker) => worker.pause(true)))
    const isDone = await this.finished()
    const opened = PURPOSES.map((purpose) => this.queues[purpose])
    const isThere = (await Promise.all(opened.map(({ waker }) => waker.answers()))).every(Boolean)
    const close = async (): Promise<void> => {
      await Promise.all(this.workers.map((worker) => worker.close(!isThere || !isDone)))
      await Promise.all(opened.map(({ queue }) => (isThere ? queue.close() : queue.getBackend().close(true))))
    }
    try {
      await within(CLOSE_MILLISECONDS, close(), "The queues went away while they were let go of.")
    } catch (error) {
      this.input.log.warn(`Wholesale relay, ending: ${messageOf(error)}`)
    }
  }

  /** Waits for what this process is at. @returns whether all of it came to its end in time */
  private async finished(): Promise<boolean> {
    const idle = async (): Promise<void> => {
      while (this.running.size) {
        await Promise.allSettled(this.running.keys())
      }
    }
    try {
      await within(CLOSE_MILLISECONDS, idle(), "not all work came to its end")
      return true
    } catch (error) {
      const left = [...this.running.values()].join(", ")
      this.input.log.warn(`Wholesale relay, ending: ${messageOf(error)}; others or the sweeper take over: ${left}`)
      return false
    }
  }

  private async wake(purpose: Purpose, jobId: string, data: ChannelRef | StoreRelay): Promise<boolean> {
    return !this.ending.signal.aborted && (await this.queues[purpose].waker.wake(jobId, data))
  }

  private async run<Result>(name: string, job: Promise<Result>): Promise<Result> {
    this.running.set(job, name)
    try {
      return await job
    } finally {
      this.running.delete(job)
    }
  }

  /** @returns whether this process emptied the outbox */
  private async send(ref: ChannelRef): Promise<boolean> {
    this.sending.add(ref.id)
    try {
      const end = await this.input.traffic.sendQueued(ref, { linger_ms: LINGER_MILLISECONDS })
      if (end.state === "held_up") {
        this.wakeSendingIn(end.wait_seconds * 1_000 + LATE_MILLISECONDS, ref)
      }
      return end.state === "emptied"
    } finally {
      this.sending.delete(ref.id)
    }
  }

  /** Where this process ends before, the sweeper does it. */
  private wakeSendingIn(milliseconds: number, ref: ChannelRef, then = () => {}): void {
    setTimeout(() => {
      then()
      void this.tried("sending again", async () => await this.wakeSending(ref))
    }, milliseconds).unref()
  }

  /** What was taken in is answered soon, and its documents are applied. */
  private handOn(taken: readonly TakenFromMailbox[]): void {
    taken.filter(({ has_replies }) => has_replies).forEach(({ channel }) => this.answerSoon(channel))
    const ids = taken.flatMap(({ inbox_ids }) => inbox_ids)
    if (ids.length) {
      // One after another, so that documents are applied in the order they came.
      const apply = async () => await this.tried("applying", () => this.input.errands.applyInbox(ids))
      this.applying = this.run("applying", this.applying.then(apply))
    }
  }

  private answerSoon(channel: ChannelRef): void {
    if (this.answering.has(channel.id)) {
      return
    }
    this.answering.add(channel.id)
    this.wakeSendingIn(ANSWER_MILLISECONDS, channel, () => this.answering.delete(channel.id))
  }

  /** Work that nobody waits for: what fails in it is done again by the sweeper. */
  private async tried(what: string, work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.warn(what, error)
    }
  }

  private warn(what: string, error: unknown): void {
    if (!this.ending.signal.aborted) {
      this.input.log.warn(`Wholesale relay, ${what}: ${messageOf(error)}`)
    }
  }
}
