import { fork } from "node:child_process"
import { once } from "node:events"
import { closeSync, openSync } from "node:fs"

import { endOf } from "../scripts/migrate"

/** What a process does when it is asked, by name. */
export type Handlers = Record<string, (input: never) => Promise<unknown>>

/** A process of its own, so that nothing else disturbs its heap. */
export interface Child<Able extends Handlers> {
  /** @throws Error with what went wrong there, or with the end of its log where it died */
  ask<Name extends keyof Able & string>(name: Name, ...input: Parameters<Able[Name]>): Promise<Given<Able[Name]>>
  /** Has it close what it opened. */
  end(): Promise<void>
}

type Given<Handler extends (input: never) => Promise<unknown>> = Awaited<ReturnType<Handler>>

export interface ChildSettings {
  readonly env: NodeJS.ProcessEnv
  /** What it prints is added to this file. */
  readonly log: string
  /** Told what it says. */
  readonly say?: (line: string) => void
}

interface Question {
  readonly place: number
  readonly name: string
  readonly input: unknown
}

type Message =
  | { readonly type: "line"; readonly text: string }
  | { readonly type: "answer"; readonly place: number; readonly result?: unknown; readonly error?: string }

type Answer = Extract<Message, { type: "answer" }>

/** Starts a script that calls `answer`. */
export function startChild<Able extends Handlers>(script: string, { env, log, say }: ChildSettings): Child<Able> {
  const output = openSync(log, "a")
  const child = fork(script, [], {
    env,
    execArgv: ["-r", "ts-node/register"],
    stdio: ["ignore", output, output, "ipc"],
  })
  closeSync(output)
  const ended = once(child, "exit")
  const waiting = new Map<number, (answer: Answer) => void>()
  child.on("message", (message: Message) =>
    message.type === "line" ? say?.(message.text) : waiting.get(message.place)?.(message)
  )
  child.once("exit", (status, signal) => {
    const error = `${script} ended with ${signal ?? `status ${status}`}.\n${endOf(log)}`
    waiting.forEach((done, place) => done({ type: "answer", place, error }))
  })
  let asked = 0
  return {
    async ask<Name extends keyof Able & string>(
      name: Name,
      ...[input]: Parameters<Able[Name]>
    ): Promise<Given<Able[Name]>> {
      const place = asked++
      const { result, error } = await new Promise<Answer>((done) => {
        waiting.set(place, done)
        child.send({ place, name, input } satisfies Question)
      })
      waiting.delete(place)
      if (error !== undefined) {
        throw new Error(error)
      }
      // The script answers with what its handler of that name gave, as JSON.
      return result as Given<Able[Name]>
    },
    async end() {
      if (child.connected) {
        child.disconnect()
      }
      await ended
    },
  }
}

/** In such a script: does what it is asked until the one who started it lets go of it, or dies. */
export function answer(handlers: Handlers, close: () => Promise<void>): void {
  process.on("message", ({ place, name, input }: Question) => {
    // Asked by the types of the same handlers.
    handlers[name](input as never).then(
      (result) => tell({ type: "answer", place, result }),
      (error: unknown) => tell({ type: "answer", place, error: textOf(error) })
    )
  })
  process.once("disconnect", () => {
    close().then(
      () => process.exit(),
      () => process.exit(1)
    )
  })
}

/** In such a script: tells the one who started it how far it is. */
export const say = (text: string): void => tell({ type: "line", text })

function tell(message: Message): void {
  process.send?.(message)
}

const textOf = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error))
