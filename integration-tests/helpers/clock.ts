/**
 * Runs something with another time of day and date in this process, ISO 8601. Only `Date` is wrong: timers,
 * connections and the database's own clock go on as they are.
 */
export async function atTime<Result>(moment: string, act: () => Promise<Result>): Promise<Result> {
  jest.useFakeTimers({
    now: new Date(moment),
    doNotFake: [
      "hrtime", "nextTick", "performance", "queueMicrotask", "setImmediate", "clearImmediate", "setInterval",
      "clearInterval", "setTimeout", "clearTimeout",
    ],
  })
  try {
    return await act()
  } finally {
    jest.useRealTimers()
  }
}
