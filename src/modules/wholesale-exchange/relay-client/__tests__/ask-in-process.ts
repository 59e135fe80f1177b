import { connectGuard } from "../connect-guard"
import { HttpRequests } from "../http-request"
import { RelayError } from "../relay-error"

/**
 * Asks each origin of the arguments something, and prints what came of it: the status, or why not. A process of its
 * own, because Node reads its variables about certificates when it starts.
 */
async function outcome(origin: string): Promise<string> {
  const guard = connectGuard(origin, { privateAddresses: false })
  const requests = new HttpRequests({ origin, guard })
  try {
    const question = { method: "GET", path: "/", headers: {}, body: Buffer.alloc(0), wait_seconds: 0, answer_bytes: 100 } as const
    const { status } = await requests.request(question)
    return String(status)
  } catch (error) {
    return error instanceof RelayError ? String(error.details.reason) : String(error)
  } finally {
    requests.close()
  }
}

void Promise.all(process.argv.slice(2).map(outcome)).then((outcomes) => process.stdout.write(JSON.stringify(outcomes)))
