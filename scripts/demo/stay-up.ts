import { FIXTURE_PASSWORD } from "../fixture/trading-stores"
import { Interrupted } from "./interruption"
import type { Terminal } from "./terminal"

export interface Login {
  readonly name: string
  readonly email: string
  readonly role: string
  /** The backend's address. */
  readonly url: string
}

/** Says where people can look and what came of it, and serves until they end it. @returns the exit status */
export async function stayUp(
  logins: readonly Login[],
  { terminal, ending, result }: { terminal: Terminal; ending: Promise<never>; result: object }
): Promise<number> {
  const addresses = new Set(logins.map(({ url }) => url))
  const [only] = addresses.size === 1 ? addresses : []
  terminal.heading(`Log in${only ? ` at ${only}/app` : ""} with the password ${FIXTURE_PASSWORD}`)
  for (const { name, email, role, url } of logins) {
    terminal.line(`     ${only ? "" : `${url}/app `}${email.padEnd(27)} for ${name}, ${role}`)
  }
  terminal.line("\nThe first page takes a while: the dashboard is served from its sources. Ctrl-C ends the demo.\n")
  terminal.result(result)
  try {
    return await ending
  } catch (error) {
    if (error instanceof Interrupted) {
      return 0
    }
    throw error
  }
}
