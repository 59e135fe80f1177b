import { fork, type Serializable } from "node:child_process"
import { once } from "node:events"
import { join } from "node:path"

import { freePort } from "./free-port"

const ROOT = join(__dirname, "..", "..")

export interface BackendOptions {
  readonly database_url: string
  /** A file of this folder; it is given the app's folder, a port and the task as JSON. */
  readonly script: string
  readonly task: unknown
  readonly variables?: NodeJS.ProcessEnv
}

/** A backend in a process of its own, with workers, that tells what it does. */
export interface BackendProcess<Message extends { readonly type: string }> {
  /** The first message of that type, and of which that holds, whether it came already or not. */
  told<Type extends Message["type"]>(
    type: Type,
    holds?: (message: Extract<Message, { type: Type }>) => boolean
  ): Promise<Extract<Message, { type: Type }>>
  /** `kill -9`. Resolves when it is gone. */
  kill(): Promise<void>
}

export async function startBackendProcess<Message extends { readonly type: string } & Serializable>(
  options: BackendOptions
): Promise<BackendProcess<Message>> {
  const port = await freePort()
  const child = fork(join(__dirname, options.script), [ROOT, String(port), JSON.stringify(options.task)], {
    cwd: ROOT,
    env: {
      ...process.env,
      NODE_OPTIONS: "",
      DATABASE_URL: options.database_url,
      MEDUSA_ADMIN_DISABLE: "true",
      ...options.variables,
    },
    execArgv: ["-r", "ts-node/register"],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  })
  let output = ""
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      output += chunk.toString()
    })
  }
  // One for each message that is waited for.
  child.setMaxListeners(0)
  const messages: Message[] = []
  child.on("message", (message: Message) => messages.push(message))
  const ended = once(child, "exit")
  const told: BackendProcess<Message>["told"] = (type, holds = () => true) =>
    new Promise((found, failed) => {
      const isOfType = (message: Message): message is Extract<Message, { type: typeof type }> => message.type === type
      const look = (message: Message): void => {
        if (isOfType(message) && holds(message)) {
          found(message)
        } else if (message.type === "failed") {
          failed(new Error(`The backend failed: ${JSON.stringify(message)}\n${output}`))
        }
      }
      messages.forEach(look)
      child.on("message", look)
      void ended.then(([code, signal]) => failed(new Error(`The backend ended (${signal ?? code}):\n${output}`)))
    })
  return {
    told,
    kill: async () => {
      child.kill("SIGKILL")
      await ended
    },
  }
}
