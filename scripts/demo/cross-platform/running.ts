import type { WatchedProcess } from "../watched-process"

/** What was started and is still to be ended. */
export class Running {
  private readonly starting: Promise<WatchedProcess>[] = []
  private readonly closers: (() => Promise<void>)[] = []

  /** A process that starts; it is ended with the others, also where nobody waits for it any more. */
  process<Started extends WatchedProcess>(starting: Promise<Started>): Promise<Started> {
    this.starting.push(starting)
    return starting
  }

  /** What is ended after the processes, the last one first. */
  endWith(closer: () => Promise<void>): void {
    this.closers.push(closer)
  }

  async close(): Promise<void> {
    const started = await Promise.allSettled(this.starting)
    await Promise.all(started.map(async (outcome) => outcome.status === "fulfilled" && (await outcome.value.stop())))
    for (const close of this.closers.reverse()) {
      await close()
    }
  }
}
