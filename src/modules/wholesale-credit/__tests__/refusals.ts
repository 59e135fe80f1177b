import { asWholesaleError } from "../../../lib/errors/wholesale-error"

/** The refusals among settled promises; anything that is no domain error fails the test. */
export function refusals(results: readonly PromiseSettledResult<unknown>[]) {
  return results.flatMap((result) => {
    if (result.status === "fulfilled") {
      return []
    }
    const error = asWholesaleError(result.reason)
    if (!error) {
      throw result.reason
    }
    return [error]
  })
}

export async function refusalOf(promise: Promise<unknown>) {
  const [error] = refusals(await Promise.allSettled([promise]))
  return error
}
