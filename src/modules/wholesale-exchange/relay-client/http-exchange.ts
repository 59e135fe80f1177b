import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from "node:http"
import type { Socket } from "node:net"

import { ForbiddenAddress, type ConnectGuard } from "./connect-guard"

/** How long each part of a request may take, in milliseconds, one after another. */
export interface TimeLimits {
  /** Until name, connection and TLS stand. */
  readonly connect: number
  /** Until the request is handed to the network. */
  readonly send: number
  /** From there to the answer's status and headers. */
  readonly answer: number
  /** From there to the end of its body, however it trickles. */
  readonly body: number
}

/** An answer of any status. Without `body` where it is longer than it may be. */
export interface HttpAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body?: Buffer
}

export interface ExchangeTerms {
  readonly body: Uint8Array
  /** Bytes of the answer's body; no more are kept. */
  readonly answer_bytes: number
  readonly limits: TimeLimits
  readonly guard: Pick<ConnectGuard, "allows">
  /** Ends the exchange at once; it fails with the signals' reason. */
  readonly signals: readonly AbortSignal[]
}

/** A part of the request took longer than it may. */
export class TimedOut extends Error {
  constructor(readonly part: keyof TimeLimits) {
    super(`The relay took too long (${part}).`)
    this.name = "TimedOut"
  }
}

/** The other side ended the exchange without an answer and without an error, as after `101 Switching Protocols`. */
export class NoAnswer extends Error {
  constructor() {
    super("The relay ended the connection without an answer.")
    this.name = "NoAnswer"
  }
}

/**
 * Sends a request and reads its answer. Nothing is sent before the guard allowed the address that the socket is
 * connected to. However it ends, no timer or listener of it is left, and what is not read to its end is cut off.
 *
 * @throws TimedOut, NoAnswer, ForbiddenAddress, a signal's reason, or what node:http says
 */
export async function exchange(sent: ClientRequest, terms: ExchangeTerms): Promise<HttpAnswer> {
  const { guard, signals } = terms
  const timer = new PartTimer(terms.limits)
  let stopListening = () => {}
  try {
    return await new Promise<HttpAnswer>((resolve, reject) => {
      const fail = (error: unknown) => {
        reject(error)
        sent.destroy()
      }
      stopListening = onAbort(signals, fail)
      timer.begin("connect", fail)
      sent.on("socket", (socket) =>
        whenConnected(socket, {
          connected: () => {
            if (!guard.allows(socket.remoteAddress)) {
              fail(new ForbiddenAddress())
            }
          },
          ready: () => timer.begin("send", fail),
        })
      )
      sent.on("finish", () => timer.begin("answer", fail))
      let answered = false
      sent.on("response", (response) => {
        answered = true
        timer.begin("body", fail)
        read(response, terms.answer_bytes).then(resolve, fail)
      })
      sent.on("error", fail)
      sent.on("close", () => answered || fail(new NoAnswer()))
      sent.end(terms.body)
    })
  } finally {
    timer.stop()
    stopListening()
    if (!sent.writableFinished) {
      // Answered before it was taken: nobody would look after the rest of it.
      sent.destroy()
    }
  }
}

/** Runs one clock at a time: a later part ends an earlier one's, an earlier one never a later one's. */
class PartTimer {
  private begun = -1
  private running?: NodeJS.Timeout

  constructor(private readonly limits: TimeLimits) {}

  begin(part: keyof TimeLimits, fail: (error: TimedOut) => void): void {
    const index = PARTS.indexOf(part)
    if (index > this.begun) {
      this.begun = index
      clearTimeout(this.running)
      this.running = setTimeout(() => fail(new TimedOut(part)), this.limits[part])
    }
  }

  stop(): void {
    this.begun = PARTS.length
    clearTimeout(this.running)
  }
}

const PARTS: readonly (keyof TimeLimits)[] = ["connect", "send", "answer", "body"]

/** `connected` before a byte of the request is written, `ready` once TLS stands as well. */
function whenConnected(socket: Socket, then: { connected: () => void; ready: () => void }): void {
  if (!socket.connecting) {
    then.connected()
    then.ready()
    return
  }
  socket.once("connect", then.connected)
  socket.once("encrypted" in socket ? "secureConnect" : "connect", then.ready)
}

async function read(response: IncomingMessage, most: number): Promise<HttpAnswer> {
  const { statusCode: status = 0, headers } = response
  const parts: Buffer[] = []
  let length = 0
  // A response without an encoding gives Buffers; its type does not say so.
  for await (const part of response as AsyncIterable<Buffer>) {
    length += part.length
    if (length > most) {
      // Leaving the loop ends the connection.
      return { status, headers }
    }
    parts.push(part)
  }
  return { status, headers, body: Buffer.concat(parts, length) }
}

/** @returns what takes the listeners off again */
function onAbort(signals: readonly AbortSignal[], fail: (reason: unknown) => void): () => void {
  const listeners = signals.map((signal) => ({ signal, listener: () => fail(signal.reason) }))
  listeners.forEach(({ signal, listener }) => {
    signal.addEventListener("abort", listener, { once: true })
    if (signal.aborted) {
      listener()
    }
  })
  return () => listeners.forEach(({ signal, listener }) => signal.removeEventListener("abort", listener))
}
