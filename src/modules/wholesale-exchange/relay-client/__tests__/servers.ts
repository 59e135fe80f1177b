import { createServer, type RequestListener, type Server } from "node:http"
import { createServer as createTlsServer } from "node:https"
import { createServer as createRawServer, type Server as RawServer, type Socket } from "node:net"

import type { SelfSigned } from "./self-signed"

/** A server of a test, on loopback. */
export interface TestServer {
  readonly origin: string
  readonly port: number
  /** Connections that came, over all. */
  readonly connections: () => number
}

const running: (() => Promise<void>)[] = []

/** Ends all servers that were started, with their connections: for `afterEach`. */
export async function stopServers(): Promise<void> {
  await Promise.all(running.splice(0).map((stop) => stop()))
}

export async function serve(answer: RequestListener): Promise<TestServer> {
  return await listen(createServer(answer), "http")
}

export async function serveTls({ key, certificate }: SelfSigned, answer: RequestListener): Promise<TestServer> {
  return await listen(createTlsServer({ key, cert: certificate }, answer), "https")
}

/** @param talk with a connection whose errors are nobody's concern */
export async function serveRaw(talk: (socket: Socket) => void): Promise<TestServer> {
  return await listen(createRawServer(talk), "http")
}

/** A server that reads a request's head and answers these bytes. */
export async function serveBytes(answer: string, after: (socket: Socket) => void = () => {}): Promise<TestServer> {
  return await serveRaw((socket) => {
    socket.once("data", () => {
      socket.write(answer)
      after(socket)
    })
  })
}

async function listen(server: Server | RawServer, scheme: "http" | "https"): Promise<TestServer> {
  const sockets = new Set<Socket>()
  let count = 0
  server.on("connection", (socket) => {
    count++
    sockets.add(socket)
    socket.on("error", () => {})
    socket.on("close", () => sockets.delete(socket))
  })
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done))
  running.push(async () => {
    sockets.forEach((socket) => socket.destroy())
    await new Promise((done) => server.close(done))
  })
  const address = server.address()
  if (typeof address !== "object" || address === null) {
    throw new Error("The server has no address.")
  }
  return { origin: `${scheme}://127.0.0.1:${address.port}`, port: address.port, connections: () => count }
}
