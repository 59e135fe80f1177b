import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { PAIRING_ALPHABET, readPairingCode } from "../domain/pairing-code"
import { WHOLESALE_CONNECTION } from "../index"
import type { WholesaleConnectionModuleService } from "../index"

jest.setTimeout(60_000)

const actor: Actor = { actor_type: "user", actor_id: "user_1" }

/** The same code with another last character: a wrong guess at the same slot. */
function wrongGuess(code: string, turn = 1): string {
  const last = PAIRING_ALPHABET.indexOf(code[code.length - 1])
  return `${code.slice(0, -1)}${PAIRING_ALPHABET[(last + turn) % PAIRING_ALPHABET.length]}`
}

/** A code whose slot is not the given one's. */
function otherSlot(code: string): string {
  return `${code.startsWith("22") ? "33" : "22"}-2222`
}

moduleTestRunner<WholesaleConnectionModuleService>({
  moduleName: WHOLESALE_CONNECTION,
  resolve: "./src/modules/wholesale-connection",
  moduleOptions: { serverKey: "the key of the pairing tests" },
  testSuite: ({ service }) => {
    const generate = async (store_id = "distributor", id?: string) =>
      await service.generatePairingCode({ id, store_id, actor })
    const claim = async (code: string, caller_store_id = "retailer") =>
      await service.claimPairingCode({ code, caller_store_id })
    const passTime = async (id: string) =>
      await service.updateWholesalePairingCodes({ id, expires_at: new Date(Date.now() - 1_000) })

    describe("generating a pairing code", () => {
      it("shows the code once more to its store, and keeps it sealed and hashed", async () => {
        const made = await generate()
        expect(made.code).toMatch(/^[2-9A-HJ-NP-Z]{2}-[2-9A-HJ-NP-Z]{4}$/)
        expect(await service.activePairingCodes("distributor")).toEqual([made])
        expect(await service.activePairingCodes("another")).toEqual([])

        const row = await service.retrieveWholesalePairingCode(made.id)
        const { slot, secret } = readPairingCode(made.code)
        expect(row).toMatchObject({ slot, status: "active", attempts: 0, max_attempts: 5, actor_id: "user_1" })
        expect(row.lookup_hash).toMatch(/^[0-9a-f]{64}$/)
        expect(row.secret_encrypted).toMatch(/^v1\./)
        expect(row.secret_encrypted).not.toContain(secret)
      })

      it("leaves out a code that was sealed under another server key", async () => {
        const [lost, kept] = [await generate(), await generate()]
        await service.updateWholesalePairingCodes({ id: lost.id, secret_encrypted: `v1.${"A".repeat(43)}` })
        expect(await service.activePairingCodes("distributor")).toEqual([kept])
      })

      it("lets the code live for ten minutes", async () => {
        const before = Date.now()
        const { expires_at } = await generate()
        expect(expires_at.getTime() - before).toBeGreaterThan(590_000)
        expect(expires_at.getTime() - Date.now()).toBeLessThanOrEqual(600_000)
      })

      it("answers the same code when called again with the same id", async () => {
        const made = await generate("distributor", "whpair_1")
        expect(await generate("distributor", "whpair_1")).toEqual(made)
        expect(await service.listWholesalePairingCodes({})).toHaveLength(1)
        await service.cancelPairingCode({ id: "whpair_1", store_id: "distributor" })
        await expect(generate("distributor", "whpair_1")).rejects.toMatchObject({
          code: "not_allowed",
          details: { status: "cancelled" },
        })
      })

      it("rations five active codes a store, also when twelve are asked for at once", async () => {
        const answers = await Promise.allSettled(Array.from({ length: 12 }, () => generate()))
        expect(answers.filter(({ status }) => status === "fulfilled")).toHaveLength(5)
        const refusal = answers.find((answer) => answer.status === "rejected")
        expect(refusal).toMatchObject({
          reason: { status: 429, code: "pairing_codes_rationed", details: { active: 5, limit: 5 } },
        })
        await expect(generate("another")).resolves.toMatchObject({ attempts: 0 })
      })

      it("gives the ration back when a code is used, cancelled or over", async () => {
        const made = [await generate(), await generate(), await generate(), await generate(), await generate()]
        await expect(generate()).rejects.toMatchObject({ code: "pairing_codes_rationed" })
        await claim(made[0].code)
        await service.cancelPairingCode({ id: made[1].id, store_id: "distributor" })
        await passTime(made[2].id)
        await Promise.all([generate(), generate(), generate()])
        await expect(generate()).rejects.toMatchObject({ code: "pairing_codes_rationed" })
      })

      it("gives every code a slot of its own when many stores ask at once", async () => {
        const made = await Promise.all(Array.from({ length: 40 }, (_, index) => generate(`store_${index}`)))
        expect(new Set(made.map(({ code }) => code.slice(0, 2))).size).toBe(40)
      })
    })

    describe("claiming a pairing code", () => {
      it("tells whose code it was, and erases its secret", async () => {
        const { id, code } = await generate()
        await expect(claim(code.toLowerCase().replace("-", " "))).resolves.toEqual({
          id,
          store_id: "distributor",
          used_by_store_id: "retailer",
        })
        const row = await service.retrieveWholesalePairingCode(id)
        expect(row).toMatchObject({ status: "used", secret_encrypted: null, used_by_store_id: "retailer" })
        expect(row.used_at).toBeInstanceOf(Date)
        expect(await service.activePairingCodes("distributor")).toEqual([])
      })

      it("gives a code to exactly one of fifty stores that claim it at once", async () => {
        const { id, code } = await generate()
        const answers = await Promise.allSettled(
          Array.from({ length: 50 }, (_, index) => claim(code, `retailer_${index}`))
        )
        const won = answers.flatMap((answer) => (answer.status === "fulfilled" ? [answer.value] : []))
        expect(won).toHaveLength(1)
        expect(answers.filter(({ status }) => status === "rejected")).toHaveLength(49)
        for (const answer of answers) {
          if (answer.status === "rejected") {
            expect(answer.reason).toMatchObject({ status: 404, code: "pairing_code_not_found" })
          }
        }
        const row = await service.retrieveWholesalePairingCode(id)
        expect(row.used_by_store_id).toBe(won[0].used_by_store_id)
      })

      it("answers wrong, expired, used and cancelled codes alike", async () => {
        const [used, expired, cancelled, active] = [
          await generate(),
          await generate(),
          await generate(),
          await generate(),
        ]
        await claim(used.code)
        await passTime(expired.id)
        await service.cancelPairingCode({ id: cancelled.id, store_id: "distributor" })

        const refusals = []
        for (const code of [wrongGuess(active.code), otherSlot(active.code), used.code, expired.code, cancelled.code]) {
          refusals.push(await claim(code).catch((error: unknown) => error))
        }
        for (const refusal of refusals) {
          expect(refusal).toMatchObject({ status: 404, code: "pairing_code_not_found", details: {} })
        }
        expect(new Set(refusals.map((refusal) => (refusal as Error).message)).size).toBe(1)
      })

      it("does not let a store pair with itself, and leaves the code to be used", async () => {
        const { code } = await generate()
        await expect(claim(code, "distributor")).rejects.toMatchObject({
          status: 409,
          code: "pairing_with_itself",
        })
        await expect(claim(code)).resolves.toMatchObject({ store_id: "distributor" })
      })

      it("does not count what cannot be a code", async () => {
        await expect(claim("K7-M2P0")).rejects.toMatchObject({ status: 400, code: "pairing_code_malformed" })
        expect(await service.listWholesalePairingAttempts({})).toEqual([])
      })

      it("locks a code after five wrong guesses by anybody, the right one included", async () => {
        const { id, code } = await generate()
        const other = await generate()
        for (let turn = 1; turn <= 5; turn++) {
          await expect(claim(wrongGuess(code, turn), `guesser_${turn}`)).rejects.toMatchObject({
            code: "pairing_code_not_found",
          })
        }
        await expect(claim(code)).rejects.toMatchObject({
          status: 429,
          code: "pairing_code_locked",
          details: { limit: 5 },
        })
        expect(await service.retrieveWholesalePairingCode(id)).toMatchObject({ status: "active", attempts: 5 })
        await expect(claim(other.code)).resolves.toMatchObject({ id: other.id })
      })

      it("counts five wrong guesses at a code also when twenty come at once", async () => {
        const { id, code } = await generate()
        const answers = await Promise.allSettled(
          Array.from({ length: 20 }, (_, index) => claim(wrongGuess(code, 1 + index), `guesser_${index}`))
        )
        const codes = answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "claimed"))
        expect(codes.filter((refusal) => refusal === "pairing_code_not_found")).toHaveLength(5)
        expect(codes.filter((refusal) => refusal === "pairing_code_locked")).toHaveLength(15)
        expect((await service.retrieveWholesalePairingCode(id)).attempts).toBe(5)
      })

      it("stops a caller at ten wrong guesses an hour, at once or not, and nobody else", async () => {
        const { code } = await generate()
        const answers = await Promise.allSettled(
          Array.from({ length: 15 }, () => claim(otherSlot(code), "guesser"))
        )
        const codes = answers.map((answer) => (answer.status === "rejected" ? answer.reason.code : "claimed"))
        expect(codes.filter((refusal) => refusal === "pairing_code_not_found")).toHaveLength(10)
        expect(codes.filter((refusal) => refusal === "pairing_guesses_exceeded")).toHaveLength(5)

        const refusal = await claim(code, "guesser").catch((error: unknown) => error)
        expect(refusal).toMatchObject({
          status: 429,
          code: "pairing_guesses_exceeded",
          details: { scope: "caller", limit: 10, window_seconds: 3_600 },
        })
        const { details } = refusal as { details: { retry_after_seconds: number } }
        expect(details.retry_after_seconds).toBeGreaterThan(3_500)
        expect(details.retry_after_seconds).toBeLessThanOrEqual(3_600)
        await expect(claim(code, "retailer")).resolves.toMatchObject({ store_id: "distributor" })
      })

      it("lets a caller go on when the guesses are an hour old", async () => {
        const { code } = await generate()
        const at = new Date(Date.now() - 3_601_000)
        await service.createWholesalePairingAttempts(
          Array.from({ length: 10 }, () => ({ store_id: "retailer", at, succeeded: false }))
        )
        await expect(claim(code)).resolves.toMatchObject({ store_id: "distributor" })
      })

      it("does not count codes that were right", async () => {
        await service.createWholesalePairingAttempts(
          Array.from({ length: 10 }, () => ({ store_id: "retailer", at: new Date(), succeeded: true }))
        )
        const { code } = await generate()
        await expect(claim(code)).resolves.toMatchObject({ store_id: "distributor" })
      })

      it("stops everybody at 600 wrong guesses an hour", async () => {
        const { code } = await generate()
        const guesses = Array.from({ length: 599 }, (_, index) => ({
          store_id: `guesser_${index % 100}`,
          at: new Date(),
          succeeded: false,
        }))
        await service.createWholesalePairingAttempts(guesses)
        await expect(claim(otherSlot(code))).rejects.toMatchObject({ code: "pairing_code_not_found" })
        await expect(claim(code, "newcomer")).rejects.toMatchObject({
          status: 429,
          code: "pairing_guesses_exceeded",
          details: { scope: "backend", limit: 600 },
        })
      })
    })

    describe("cancelling and expiring", () => {
      it("cancels an active code of the own store once, and erases its secret", async () => {
        const { id } = await generate()
        await expect(service.cancelPairingCode({ id, store_id: "another" })).rejects.toMatchObject({
          status: 404,
          code: "not_found",
        })
        await service.cancelPairingCode({ id, store_id: "distributor" })
        expect(await service.retrieveWholesalePairingCode(id)).toMatchObject({
          status: "cancelled",
          secret_encrypted: null,
        })
        await expect(service.cancelPairingCode({ id, store_id: "distributor" })).rejects.toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { status: "cancelled", event: "cancel", allowed_events: [] },
        })
      })

      it("either uses or cancels a code when both come at once", async () => {
        for (let round = 0; round < 5; round++) {
          const { id, code } = await generate()
          const [claimed, cancelled] = await Promise.allSettled([
            claim(code),
            service.cancelPairingCode({ id, store_id: "distributor" }),
          ])
          expect([claimed.status, cancelled.status].sort()).toEqual(["fulfilled", "rejected"])
          const { status } = await service.retrieveWholesalePairingCode(id)
          expect(status).toBe(claimed.status === "fulfilled" ? "used" : "cancelled")
        }
      })

      it("sweeps codes whose time is over, erases their secrets and forgets old attempts", async () => {
        const [old, fresh] = [await generate(), await generate()]
        await passTime(old.id)
        expect(await service.activePairingCodes("distributor")).toEqual([fresh])
        await service.createWholesalePairingAttempts([
          { store_id: "retailer", at: new Date(Date.now() - 90_000_000), succeeded: false },
          { store_id: "retailer", at: new Date(), succeeded: false },
        ])

        const swept = await Promise.all([service.expirePairingCodes(), service.expirePairingCodes()])
        expect(swept.sort()).toEqual([0, 1])
        expect(await service.retrieveWholesalePairingCode(old.id)).toMatchObject({
          status: "expired",
          secret_encrypted: null,
        })
        expect(await service.activePairingCodes("distributor")).toEqual([fresh])
        expect(await service.listWholesalePairingAttempts({})).toHaveLength(1)
        expect(await service.expirePairingCodes()).toBe(0)
      })
    })
  },
})

describe("the server's key", () => {
  moduleTestRunner<WholesaleConnectionModuleService>({
    moduleName: WHOLESALE_CONNECTION,
    resolve: "./src/modules/wholesale-connection",
    testSuite: ({ service }) => {
      it("is asked for when a code is made, and not before", async () => {
        await expect(service.expirePairingCodes()).resolves.toBe(0)
        await expect(service.generatePairingCode({ store_id: "distributor", actor })).rejects.toMatchObject({
          status: 500,
          code: "server_key_missing",
        })
      })
    },
  })

  moduleTestRunner<WholesaleConnectionModuleService>({
    moduleName: WHOLESALE_CONNECTION,
    resolve: "./src/modules/wholesale-connection",
    injectedDependencies: {
      configModule: { modules: {}, projectConfig: { http: { jwtSecret: "the host's secret" } } },
    },
    testSuite: ({ service }) => {
      it("follows from the host's jwtSecret where no option is set", async () => {
        const made = await service.generatePairingCode({ store_id: "distributor", actor })
        expect(await service.activePairingCodes("distributor")).toEqual([made])
      })
    },
  })
})
