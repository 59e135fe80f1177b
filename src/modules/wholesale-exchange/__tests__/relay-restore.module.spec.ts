import { randomBytes } from "node:crypto"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Role } from "../../../lib/crypto/envelope/direction-key"
import { partnerOf } from "../../../lib/crypto/session/state"
import { seenChannelStatus } from "../domain/channel-status"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { document, openPair, sides, type Pair, type Side } from "./relay-sides"

jest.setTimeout(300_000)

const ROLES = ["distributor", "retailer"] as const

/** Where a side's rows are. */
const TABLES = [
  ["wholesale_relay_channel", "id"],
  ["wholesale_relay_outgoing", "channel_id"],
  ["wholesale_relay_incoming", "channel_id"],
  ["wholesale_inbox_document", "connection_id"],
] as const
/** A side's rows of all of them, as JSON. */
type Backup = string

const BACK_UP = `select json_build_object(${TABLES.map(
  ([table, column]) => `'${table}', (select coalesce(json_agg(kept), '[]') from ${table} as kept where ${column} = side)`
).join()})::text as backup from (values (?)) as given(side)`

/** Thousands of times: as a function of the database it is one statement. */
const CREATE_PUT_BACK = `
  create or replace function put_back(side text, backup json) returns void language plpgsql as $$
  begin
    ${TABLES.map(
      ([table, column]) => `
      delete from ${table} where ${column} = side;
      insert into ${table} select * from json_populate_recordset(null::${table}, backup->'${table}');`
    ).join("")}
  end $$`

/** Everything at one point of the history. */
interface Moment {
  readonly name: string
  readonly backups: Record<Role, Backup>
  /** At the relay, by who sent it. */
  readonly relay: Record<Role, readonly Buffer[]>
  /** Names of the documents that each side has sealed. */
  readonly sealed: Record<Role, readonly string[]>
  readonly epochs: Record<Role, number>
}

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: randomBytes(32).toString("base64") },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, outgoing, takeIn, channel, inbox, passTime, beatBoth } = sides(service, MikroOrmWrapper)

    const backUp = async ({ id }: Side): Promise<Backup> => {
      const [{ backup }] = await execute<{ backup: Backup }>(BACK_UP, [id])
      return backup
    }

    const putBack = async ({ id }: Side, backup: Backup): Promise<void> => {
      await execute("select put_back(?, ?)", [id, backup])
    }

    /** Two stores, the relay between them, and what both have done so far. */
    class History {
      readonly moments: Moment[] = []
      readonly relay: Record<Role, Buffer[]> = { distributor: [], retailer: [] }
      readonly sealed: Record<Role, string[]> = { distributor: [], retailer: [] }
      private made = 0

      constructor(readonly pair: Pair) {}

      async seal(role: Role, count = 1): Promise<void> {
        for (let number = 0; number < count; number++) {
          this.made += 1
          this.sealed[role].push(`doc_${this.made}`)
          await seal(this.pair[role], document(1, { id: `doc_${this.made}` }))
        }
      }

      async send(role: Role): Promise<void> {
        this.relay[role].push(...(await outgoing(this.pair[role])))
      }

      async deliver(from: Role, which: (messages: Buffer[]) => Buffer[] = (all) => all): Promise<void> {
        await takeIn(this.pair[partnerOf(from)], which(this.relay[from].splice(0)))
      }

      async settle(): Promise<void> {
        for (;;) {
          await this.send("distributor")
          await this.send("retailer")
          if (this.relay.distributor.length + this.relay.retailer.length === 0) {
            return
          }
          await this.deliver("distributor")
          await this.deliver("retailer")
        }
      }

      async beatBoth(): Promise<void> {
        for (const role of ROLES) {
          await passTime(this.pair[role])
          await service.beat(this.pair[role])
        }
        await this.settle()
      }

      async remember(name: string): Promise<void> {
        const [left, right] = [this.pair.distributor, this.pair.retailer]
        this.moments.push({
          name,
          backups: { distributor: await backUp(left), retailer: await backUp(right) },
          relay: { distributor: [...this.relay.distributor], retailer: [...this.relay.retailer] },
          sealed: { distributor: [...this.sealed.distributor], retailer: [...this.sealed.retailer] },
          epochs: { distributor: (await channel(left)).epoch, retailer: (await channel(right)).epoch },
        })
      }

      /** The later moment, with one side put back to the earlier one. */
      async restore(role: Role, earlier: Moment, later: Moment): Promise<void> {
        for (const each of ROLES) {
          const moment = each === role ? earlier : later
          await putBack(this.pair[each], moment.backups[each])
          this.sealed[each] = [...moment.sealed[each]]
          this.relay[each] = [...later.relay[each]]
        }
      }

      /** Whether each side's inbox holds what its partner knows that it sealed, each once, and nothing else. */
      async isWhole(): Promise<boolean> {
        for (const role of ROLES) {
          const rows = await inbox(this.pair[role])
          const names = rows.map(({ document_id }) => document_id).sort()
          if (JSON.stringify(names) !== JSON.stringify([...this.sealed[partnerOf(role)]].sort())) {
            return false
          }
        }
        return true
      }

      async look(): Promise<{ desync: (string | null)[]; times: (number | undefined)[]; refused: number[] }> {
        const seen = [await channel(this.pair.distributor), await channel(this.pair.retailer)]
        return {
          desync: seen.map(({ status, desync_reason }) => (status === "desync" ? desync_reason : null)),
          times: seen.map(({ partner_time }) => partner_time?.getTime()),
          refused: seen.map(({ refused_count }) => refused_count),
        }
      }
    }

    /** A trade with everything that a message can go through, over three epochs. */
    async function trade(name: string): Promise<History> {
      const history = new History(await openPair(service, { name }))
      const step = async (name: string, act: () => Promise<void>) => {
        await act()
        await history.remember(name)
      }
      await step("paired", async () => undefined)
      await step("sealed, not sent", async () => await history.seal("distributor"))
      await step("sent, not received", async () => await history.send("distributor"))
      await step("received, its receipt not sent", async () => await history.deliver("distributor"))
      await step("its receipt sent", async () => await history.send("retailer"))
      await step("acknowledged", async () => await history.deliver("retailer"))
      await step("answered and acknowledged", async () => {
        await history.seal("retailer")
        await history.settle()
      })
      await step("one of two received early", async () => {
        await history.seal("distributor", 2)
        await history.send("distributor")
        await history.deliver("distributor", (messages) => messages.slice(1))
      })
      await step("the gap closed", async () => await history.settle())
      await step("a heartbeat each way", async () => await history.beatBoth())
      await step("new keys offered", async () => void (await service.rekey(history.pair.distributor)))
      await step("the offer taken, its answer not sent", async () => {
        await history.send("distributor")
        await history.deliver("distributor")
      })
      await step("the answer taken", async () => {
        await history.send("retailer")
        await history.deliver("retailer")
      })
      await step("the old keys gone", async () => await history.beatBoth())
      await step("sealed under the new keys and acknowledged", async () => {
        await history.seal("distributor")
        await history.seal("retailer")
        await history.settle()
      })
      await step("another epoch, offered by the other", async () => {
        await service.rekey(history.pair.retailer)
        await history.settle()
        await history.beatBoth()
      })
      await step("sealed under its keys", async () => {
        await history.seal("distributor")
        await history.seal("retailer")
        await history.settle()
      })
      return history
    }

    const FOLLOWS: Record<string, (history: History, restored: Role) => Promise<void>> = {
      "nothing but a heartbeat each way": async () => undefined,
      "the restored side seals": async (history, restored) => await history.seal(restored, 2),
      "its partner seals": async (history, restored) => await history.seal(partnerOf(restored), 2),
      "what is on its way arrives first": async (history) => await history.settle(),
      "what is on its way is lost": async (history) => {
        history.relay.distributor.length = 0
        history.relay.retailer.length = 0
      },
    }

    it.each(Object.keys(FOLLOWS))(
      "a side put back to a backup loses nothing and does nothing twice, or it shows within a heartbeat each way: %s",
      async (follows) => {
        await execute(CREATE_PUT_BACK)
        const outcomes: Record<string, number> = { whole: 0, desync: 0, still: 0 }
        const tryAll = async (restored: Role): Promise<readonly Moment[]> => {
          const history = await trade(restored)
          const { moments } = history
          for (const [index, later] of moments.entries()) {
            // Where a step left the side as it was, the moment after it is the one before it.
            const earlierOnes = new Map(moments.slice(0, index + 1).map((moment) => [moment.backups[restored], moment]))
            for (const earlier of earlierOnes.values()) {
              await history.restore(restored, earlier, later)
              await FOLLOWS[follows](history, restored)
              const before = await history.look()
              await history.beatBoth()
              const { desync, times, refused } = await history.look()
              const what = `${restored} from "${later.name}" back to "${earlier.name}"`
              if (desync.some((reason) => reason !== null)) {
                outcomes.desync += 1
                await history.beatBoth()
                // Who saw it first tells the other, which takes it or, where it has other keys by now, refuses all.
                const told = await history.look()
                const knows = told.desync.map((reason, side) => reason !== null || told.refused[side] > before.refused[side])
                expect([what, knows]).toEqual([what, [true, true]])
              } else if (await history.isWhole()) {
                outcomes.whole += 1
              } else {
                // Its keys are of an epoch that the partner has left for good: neither side opens anything
                // of the other, and the clocks that both show of their partners stand still.
                const own = earlier.epochs[restored]
                expect([what, own < later.epochs[restored]]).toEqual([what, true])
                expect([what, times]).toEqual([what, before.times])
                // On both sides: after as many heartbeats as make it certain, both say so.
                expect([what, refused.map((count, side) => count > before.refused[side])]).toEqual([what, [true, true]])
                outcomes.still += 1
              }
            }
          }
          return moments
        }
        // Two trades of their own, side by side.
        const moments = (await Promise.all(ROLES.map(tryAll))).flat()
        // Each moment put back to itself is whole, and others are.
        expect(outcomes.whole).toBeGreaterThan(moments.length)
        expect(outcomes.desync).toBeGreaterThan(0)
        expect(outcomes.still).toBeGreaterThan(0)
      }
    )

    it("shows that nothing of a partner's opens from the third message on, and no longer once something does", async () => {
      const { distributor, retailer } = await openPair(service)
      const seen = async () => {
        const [{ open, unreadable }, shown] = [await service.channelSummary("retailer"), await channel(retailer)]
        return { status: seenChannelStatus(shown), since: shown.unopened_since, open, unreadable }
      }
      /** A bit of it changed on its way. */
      const damaged = (sealed: Buffer): Buffer => {
        const bytes = Buffer.from(sealed)
        bytes[bytes.length - 1] ^= 1
        return bytes
      }
      const fine = { status: "open", since: null, open: 1, unreadable: 0 }
      await seal(distributor, ...["doc_1", "doc_2", "doc_3"].map((id) => document(1, { id })))
      const messages = await outgoing(distributor)
      await takeIn(retailer, messages.slice(0, 2).map(damaged))
      expect(await seen()).toEqual({ ...fine, since: expect.any(Date) })
      const { since } = await seen()
      await takeIn(retailer, messages.slice(2).map(damaged))
      expect(await seen()).toEqual({ status: "unreadable", since, open: 0, unreadable: 1 })

      // The partner's heartbeat opens: what is missing is asked for, and comes.
      await beatBoth({ distributor, retailer })
      await beatBoth({ distributor, retailer })
      expect(await seen()).toEqual(fine)
      expect((await inbox(retailer)).map(({ document_id }) => document_id)).toEqual(["doc_1", "doc_2", "doc_3"])

      // Where something opens now and then, however much does not, the channel works.
      for (let count = 0; count < 4; count++) {
        await service.beat(distributor)
        const [heartbeat] = await outgoing(distributor)
        await takeIn(retailer, [randomBytes(200), heartbeat, randomBytes(200)])
      }
      expect(await seen()).toEqual(fine)
      expect(await channel(retailer)).toMatchObject({ refused_count: 3 + 4 * 2 })
    })
  },
})
