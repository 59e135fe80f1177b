import { randomBytes } from "node:crypto"
import dns from "node:dns/promises"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { until } from "../../../../integration-tests/helpers/until"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { sides } from "./relay-sides"

jest.setTimeout(60_000)

const PRIVATE = ["https://10.0.0.1", "https://192.168.1.5:8443", "https://[fd00::1]"]
/** Never, whatever the option: link-local, where clouds keep credentials. */
const CLOSED = "https://169.254.169.254"

describe.each([
  { name: "by default", options: {}, opens: false },
  { name: "where the plugin's option relayPrivateAddresses is false", options: { relayPrivateAddresses: false }, opens: false },
  { name: "where it is true", options: { relayPrivateAddresses: true }, opens: true },
])("a relay at a private address, $name", ({ options, opens }) => {
  afterEach(() => jest.restoreAllMocks())

  moduleTestRunner<WholesaleExchangeModuleService>({
    moduleName: WHOLESALE_EXCHANGE,
    // As Medusa hands the plugin's options to each of its modules.
    moduleOptions: { masterKey: randomBytes(32).toString("base64"), ...options },
    resolve: "./src/modules/wholesale-exchange",
    testSuite: ({ service, MikroOrmWrapper }) => {
      const store_id = "distributor"
      const { execute } = sides(service, MikroOrmWrapper)
      const codeOf = async (act: () => Promise<unknown>): Promise<unknown> =>
        await act().then(
          () => "went through",
          (error: unknown) => (error instanceof Error && "code" in error ? error.code : error)
        )

      it("is set, or refused", async () => {
        for (const relay_url of PRIVATE) {
          const outcome = await codeOf(() => service.setRelay({ store_id, relay_url }))
          expect(outcome).toBe(opens ? "went through" : "relay_url_refused")
        }
        expect(await codeOf(() => service.setRelay({ store_id, relay_url: CLOSED }))).toBe("relay_url_refused")
      })

      it("is asked, or not, though it was set while it was allowed", async () => {
        await service.setRelay({ store_id, relay_url: "https://relay.example.com" })
        for (const relay_url of [...PRIVATE, CLOSED]) {
          await execute("update wholesale_relay_identity set relay_url = ?", [relay_url])
          const outcome = await codeOf(() => service.traffic.clientOf({ store_id }))
          expect(outcome).toBe(opens && relay_url !== CLOSED ? "went through" : "relay_url_refused")
        }
      })

      it("is connected to, or not, where the relay's name leads to it", async () => {
        const resolve = jest.spyOn(dns, "lookup")
        const found = { address: "10.0.0.1", family: 4 }
        // Of its two forms of answer one is asked for here.
        resolve.mockImplementation(async () => Object.assign([found], found))
        await service.setRelay({ store_id, relay_url: "https://relay.example.com" })
        const client = await service.traffic.clientOf({ store_id })
        const asked = codeOf(() => client.info())
        await until(async () => (resolve.mock.calls.length > 0 ? true : undefined))
        if (opens) {
          // A refusal takes no turn of the loop; nobody waits for what may stand there.
          for (let turn = 0; turn < 10; turn++) {
            await new Promise(setImmediate)
          }
          service.traffic.close()
        }
        expect((await asked) === "relay_address_forbidden").toBe(!opens)
      })
    },
  })
})
