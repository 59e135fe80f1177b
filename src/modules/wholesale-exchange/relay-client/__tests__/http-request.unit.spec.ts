import { execFile } from "node:child_process"
import { getEventListeners } from "node:events"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import type { Socket } from "node:net"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { promisify } from "node:util"

import { connectGuard, type ConnectGuard, type Resolve } from "../connect-guard"
import { HttpRequests, type HttpOptions, type HttpRequest } from "../http-request"
import { RelayError } from "../relay-error"
import { selfSigned, type SelfSigned } from "./self-signed"
import { serve, serveBytes, serveRaw, serveTls, stopServers } from "./servers"

const opened: HttpRequests[] = []

function requestsTo(origin: string, options: Partial<HttpOptions> & { resolve?: Resolve } = {}): HttpRequests {
  const { resolve, ...rest } = options
  const guard = connectGuard(origin, { privateAddresses: false }, resolve)
  const requests = new HttpRequests({ origin, guard, ...rest })
  opened.push(requests)
  return requests
}

const asked: HttpRequest = {
  method: "POST",
  path: "/v1/x?y=1",
  headers: { "x-relay-key": "k" },
  body: Buffer.from("sent"),
  wait_seconds: 0,
  answer_bytes: 1_000,
}

async function failureOf(answer: Promise<unknown>): Promise<unknown> {
  return await answer.then(
    () => new Error("It was answered."),
    (error: unknown) => error
  )
}

async function relayFailureOf(answer: Promise<unknown>): Promise<Pick<RelayError, "kind" | "details">> {
  const error = await failureOf(answer)
  if (!(error instanceof RelayError)) {
    throw error
  }
  return { kind: error.kind, details: error.details }
}

const unavailable = (reason: unknown) => ({ kind: "unavailable", details: expect.objectContaining({ reason }) })

afterEach(async () => {
  opened.splice(0).forEach((requests) => requests.close())
  await stopServers()
})

describe("a request", () => {
  it("arrives as it is, and is answered with whatever status", async () => {
    const { origin } = await serve((request, response) => {
      const parts: Buffer[] = []
      request.on("data", (part: Buffer) => parts.push(part))
      request.on("end", () => {
        const { method, url, headers } = request
        const { "x-relay-key": key, "content-length": length } = headers
        response.writeHead(418, { "x-relay-time": "7" }).end(JSON.stringify([method, url, key, length, String(Buffer.concat(parts))]))
      })
    })
    const { status, headers, body } = await requestsTo(origin).request(asked)
    expect([status, headers["x-relay-time"]]).toEqual([418, "7"])
    expect(JSON.parse(String(body))).toEqual(["POST", "/v1/x?y=1", "k", "4", "sent"])
  })

  it("goes over one connection after another, over several at once", async () => {
    const server = await serve((_request, response) => void response.end("ok"))
    const requests = requestsTo(server.origin)
    await requests.request(asked)
    await requests.request(asked)
    expect(server.connections()).toBe(1)
    const answers = await Promise.all(Array.from({ length: 20 }, () => requests.request(asked)))
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200))
  })

  it("follows no redirect", async () => {
    const other = await serve((_request, response) => void response.end("other"))
    const { origin } = await serve((_request, response) => void response.writeHead(302, { location: other.origin }).end())
    expect(await requestsTo(origin).request(asked)).toMatchObject({ status: 302 })
    expect(other.connections()).toBe(0)
  })

  it("is sent once more where a kept connection proves to be closed", async () => {
    const answered = new Set<Socket>()
    const server = await serveRaw((socket) =>
      socket.on("data", () => {
        if (answered.has(socket)) {
          socket.resetAndDestroy()
        } else {
          answered.add(socket)
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok")
        }
      })
    )
    const requests = requestsTo(server.origin)
    await requests.request(asked)
    expect(await requests.request(asked)).toMatchObject({ status: 200, body: Buffer.from("ok") })
    expect(server.connections()).toBe(2)
  })

  it("keeps an answer of as many bytes as it may have, and nothing of a longer one", async () => {
    for (const chunked of [true, false]) {
      const { origin } = await serve((request, response) => {
        const body = Buffer.alloc(Number(new URL(request.url ?? "", "http://x").searchParams.get("bytes")))
        response.writeHead(200, chunked ? {} : { "content-length": body.length })
        response.end(body)
      })
      const requests = requestsTo(origin)
      const whole = await requests.request({ ...asked, path: "/?bytes=1000" })
      expect(whole.body).toHaveLength(1_000)
      const cut = await requests.request({ ...asked, path: "/?bytes=1001" })
      expect(cut).toEqual({ status: 200, headers: expect.anything() })
    }
  })

  it("hangs up on an answer without end", async () => {
    let hungUp: Promise<unknown> = Promise.resolve()
    const { origin } = await serve((_request, response) => {
      hungUp = new Promise((done) => response.once("close", done))
      const more = () => void (response.destroyed || response.write(Buffer.alloc(64 * 1024), more))
      more()
    })
    expect(await requestsTo(origin).request(asked)).toEqual({ status: 200, headers: expect.anything() })
    await hungUp
  })
})

describe("a request that is answered before it is taken", () => {
  it("is not sent on", async () => {
    let goOn = async () => {}
    let received = 0
    const { origin } = await serveRaw((socket) => {
      const hungUp = new Promise<void>((done) => socket.once("close", () => done()))
      socket.once("data", () => {
        socket.pause()
        socket.write("HTTP/1.1 413 Payload Too Large\r\ncontent-length: 0\r\n\r\n")
      })
      goOn = () => {
        socket.on("data", (part) => (received += part.length))
        socket.resume()
        return hungUp
      }
    })
    const body = Buffer.alloc(64 * 1024 * 1024)
    expect(await requestsTo(origin).request({ ...asked, body })).toMatchObject({ status: 413 })
    await goOn()
    expect(received).toBeLessThan(body.length)
  })
})

describe("a connection that fails", () => {
  it("is refused: unavailable", async () => {
    const { origin } = await serve(() => {})
    await stopServers()
    expect(await relayFailureOf(requestsTo(origin).request(asked))).toEqual(unavailable("ECONNREFUSED"))
  })

  it("has no name: unavailable", async () => {
    const resolve = () => Promise.reject(Object.assign(new Error("secret"), { code: "ENOTFOUND" }))
    const requests = requestsTo("https://relay.example.com", { resolve })
    expect(await relayFailureOf(requests.request(asked))).toEqual(unavailable("ENOTFOUND"))
  })

  it("is reset once it stands: unavailable, and not tried twice", async () => {
    const server = await serveRaw((socket) => void socket.once("data", () => socket.resetAndDestroy()))
    expect(await relayFailureOf(requestsTo(server.origin).request(asked))).toEqual(unavailable("ECONNRESET"))
    expect(server.connections()).toBe(1)
  })

  it("is reset or closed in the middle of an answer: unavailable", async () => {
    for (const end of [(socket: Socket) => socket.resetAndDestroy(), (socket: Socket) => socket.end()]) {
      const { origin } = await serveRaw((socket) =>
        socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart", () => end(socket)))
      )
      expect(await relayFailureOf(requestsTo(origin).request(asked))).toEqual(unavailable("ECONNRESET"))
    }
  })

  it.each([
    ["no HTTP", "220 mail.example.com ESMTP\r\n"],
    ["another protocol instead", "HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"],
    ["headers without end", `HTTP/1.1 200 OK\r\nx: ${"x".repeat(64 * 1024)}\r\n\r\n`],
    ["a broken chunk", "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nnonsense\r\n"],
    ["two lengths", "HTTP/1.1 200 OK\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nok"],
  ])("answers %s: malformed", async (_, bytes) => {
    const { origin } = await serveBytes(bytes)
    expect(await relayFailureOf(requestsTo(origin).request(asked))).toEqual({
      kind: "malformed",
      details: { relay: origin, reason: "no HTTP answer" },
    })
  })
})

describe("a request that takes too long", () => {
  const short = (limits: HttpOptions["limits"]) => ({ limits })

  it("in finding the name", async () => {
    const resolve = () => new Promise<never>(() => {})
    const requests = requestsTo("https://relay.example.com", { resolve, ...short({ connect: 50 }) })
    expect(await relayFailureOf(requests.request(asked))).toEqual(unavailable("no connection in time"))
  })

  it("in agreeing on TLS", async () => {
    const { port } = await serveRaw(() => {})
    const requests = requestsTo(`https://127.0.0.1:${port}`, short({ connect: 50 }))
    expect(await relayFailureOf(requests.request(asked))).toEqual(unavailable("no connection in time"))
  })

  it("in being taken", async () => {
    const { origin } = await serveRaw((socket) => void socket.pause())
    const requests = requestsTo(origin, short({ send: 200 }))
    const huge = { ...asked, body: Buffer.alloc(64 * 1024 * 1024) }
    expect(await relayFailureOf(requests.request(huge))).toEqual(unavailable("the request was not taken in time"))
  })

  it("in being answered, also where a head trickles or only promises come", async () => {
    const answers: ((socket: Socket) => void)[] = [
      () => {},
      (socket) => trickle(socket, "HTTP/1.1 200 OK\r\nx: ", "x"),
      (socket) => trickle(socket, "", "HTTP/1.1 102 Processing\r\n\r\n"),
    ]
    for (const answer of answers) {
      const { origin } = await serveRaw((socket) => void socket.once("data", () => answer(socket)))
      const requests = requestsTo(origin, short({ answer: 100 }))
      expect(await relayFailureOf(requests.request(asked))).toEqual(unavailable("no answer in time"))
    }
  })

  it("in being answered to its end, however it trickles", async () => {
    const { origin } = await serveRaw((socket) =>
      void socket.once("data", () => trickle(socket, "HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n", "x"))
    )
    const requests = requestsTo(origin, short({ body: 100 }))
    expect(await relayFailureOf(requests.request(asked))).toEqual(unavailable("the answer did not end in time"))
  })

  it("may take as much longer as the relay was asked to wait", async () => {
    const { origin } = await serve((_request, response) => void setTimeout(() => response.end("ok"), 20))
    const requests = requestsTo(origin, short({ answer: 1 }))
    expect(await requests.request({ ...asked, wait_seconds: 25 })).toMatchObject({ status: 200 })
  })
})

/** Sends something, and then more of it for as long as the connection lasts. */
function trickle(socket: Socket, first: string, more: string): void {
  socket.write(first)
  const timer = setInterval(() => socket.write(more), 10)
  socket.once("close", () => clearInterval(timer))
}

describe("a certificate", () => {
  const start = async (certificate: SelfSigned) => {
    const { port } = await serveTls(certificate, (_request, response) => void response.end("ok"))
    return `https://localhost:${port}`
  }

  it("that nobody vouches for is refused, and the error says how to have one trusted", async () => {
    const error = await failureOf(requestsTo(await start(selfSigned("localhost"))).request(asked))
    expect(error).toMatchObject({
      kind: "unavailable",
      details: { reason: "DEPTH_ZERO_SELF_SIGNED_CERT" },
      message: expect.stringContaining("NODE_EXTRA_CA_CERTS"),
    })
  })

  it("is verified though the environment says otherwise, and trusted where it names the authority", async () => {
    const [right, otherName, unknown] = ["localhost", "other.example.com", "localhost"].map(selfSigned)
    const folder = await mkdtemp(join(tmpdir(), "medusa-wholesale-relay-"))
    const bundle = join(folder, "authorities.pem")
    await writeFile(bundle, right.certificate + otherName.certificate)
    const origins = await Promise.all([right, otherName, unknown].map(start))
    try {
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ["-r", "ts-node/register", join(__dirname, "ask-in-process.ts"), ...origins],
        { env: { ...process.env, NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_EXTRA_CA_CERTS: bundle } }
      )
      expect(JSON.parse(stdout)).toEqual(["200", "ERR_TLS_CERT_ALTNAME_INVALID", "DEPTH_ZERO_SELF_SIGNED_CERT"])
    } finally {
      await rm(folder, { recursive: true })
    }
  }, 60_000)
})

describe("a name that leads astray", () => {
  const to = (address: string): Resolve => async () => [{ address, family: 4 }]

  it.each(["127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0"])("to %s is not followed", async (address) => {
    const server = await serve((_request, response) => void response.end("inside"))
    const origin = `https://relay.example.com:${server.port}`
    const error = await failureOf(requestsTo(origin, { resolve: to(address) }).request(asked))
    expect(error).toMatchObject({ kind: "forbidden_address", status: 400, code: "relay_address_forbidden", details: { relay: origin } })
    expect(server.connections()).toBe(0)
  })

  it("the second time is not followed, though the first was right", async () => {
    const server = await serve((_request, response) => void response.setHeader("connection", "close").end("ok"))
    const addresses = ["127.0.0.1", "10.0.0.1"]
    const resolve: Resolve = async () => [{ address: addresses.shift() ?? "", family: 4 }]
    const requests = requestsTo(`http://localhost:${server.port}`, { resolve })
    expect(await requests.request(asked)).toMatchObject({ status: 200 })
    expect(await relayFailureOf(requests.request(asked))).toMatchObject({ kind: "forbidden_address" })
    expect(server.connections()).toBe(1)
  })

  it("past the look-up is cut off before a byte of the request is sent", async () => {
    let received = 0
    let ended: Promise<unknown> = Promise.resolve()
    const { port } = await serveRaw((socket) => {
      ended = new Promise((done) => socket.once("close", done))
      socket.on("data", (part) => (received += part.length))
    })
    const judged: (string | undefined)[] = []
    const guard: ConnectGuard = {
      lookup: (_host, _options, found) => found(null, [{ address: "127.0.0.1", family: 4 }]),
      allows: (address) => {
        judged.push(address)
        return false
      },
    }
    const requests = requestsTo(`http://localhost:${port}`, { guard })
    expect(await relayFailureOf(requests.request(asked))).toMatchObject({ kind: "forbidden_address" })
    await ended
    expect(received).toBe(0)
    expect(judged).toEqual(["127.0.0.1"])
  })

  it("as an address in the URL is judged by what the socket is connected to", async () => {
    const server = await serve((_request, response) => void response.end("ok"))
    const guard = connectGuard("https://relay.example.com", { privateAddresses: true })
    expect(await relayFailureOf(requestsTo(server.origin, { guard }).request(asked))).toMatchObject({ kind: "forbidden_address" })
  })
})

describe("a request that is ended", () => {
  const reason = new Error("The process ends.")
  const waiting = () => serve(() => {})

  it("before it began is not sent", async () => {
    const server = await waiting()
    expect(await failureOf(requestsTo(server.origin).request({ ...asked, signal: AbortSignal.abort(reason) }))).toBe(reason)
    expect(server.connections()).toBe(0)
  })

  it("while it waits fails with the reason at once, and its connection is closed", async () => {
    const ending = new AbortController()
    let closed: Promise<unknown> = Promise.resolve()
    const { origin } = await serveRaw((socket) => {
      closed = new Promise((done) => socket.once("close", done))
      socket.once("data", () => ending.abort(reason))
    })
    const requests = requestsTo(origin)
    expect(await failureOf(requests.request({ ...asked, wait_seconds: 25, signal: ending.signal }))).toBe(reason)
    await closed
    expect(getEventListeners(ending.signal, "abort")).toEqual([])
  })

  it("in the middle of an answer fails with the reason", async () => {
    const ending = new AbortController()
    const { origin } = await serveRaw((socket) =>
      void socket.once("data", () =>
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\npart", () => setImmediate(() => ending.abort(reason)))
      )
    )
    expect(await failureOf(requestsTo(origin).request({ ...asked, signal: ending.signal }))).toBe(reason)
  })

  it("by closing fails as unavailable, as do all after it", async () => {
    const server = await serveRaw((socket) => void socket.once("data", () => requests.close()))
    const requests = requestsTo(server.origin)
    const running = Array.from({ length: 15 }, () => relayFailureOf(requests.request({ ...asked, wait_seconds: 25 })))
    expect(await Promise.all(running)).toEqual(Array(15).fill(unavailable("closed by this store")))
    const before = server.connections()
    expect(await relayFailureOf(requests.request(asked))).toEqual(unavailable("closed by this store"))
    expect(server.connections()).toBe(before)
  })

  it("leaves no listener at a signal when it is answered", async () => {
    const ending = new AbortController()
    const { origin } = await serve((_request, response) => void response.end("ok"))
    await requestsTo(origin).request({ ...asked, signal: ending.signal })
    expect(getEventListeners(ending.signal, "abort")).toEqual([])
  })
})
