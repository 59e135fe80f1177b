const SIGNALS = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const

export class Interrupted extends Error {
  constructor(readonly status: number) {
    super("Interrupted.")
  }
}

/** Settles on the first signal, or when npm is ended, which passes none on: what was started is stopped in order. */
export function onSignal(): Promise<never> {
  const startedBy = process.ppid
  return new Promise((_, interrupt) => {
    for (const [signal, status] of Object.entries(SIGNALS)) {
      process.on(signal, () => interrupt(new Interrupted(status)))
    }
    if (process.env.npm_lifecycle_event) {
      const watch = () => process.ppid !== startedBy && interrupt(new Interrupted(SIGNALS.SIGHUP))
      setInterval(watch, 1_000).unref()
    }
  })
}
