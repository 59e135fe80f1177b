import { longPoll } from "../news/long-poll"
import { NewsDesk } from "../news/news-desk"
import type { Topic } from "../news/topics"

const topic: Topic = { kind: "mail", id: Buffer.from("key"), name: "name" }

/** Somebody who waits for a word that the test puts there, and counts his looks. */
function waiter(desk: NewsDesk, wait_seconds = 60, gone = new AbortController().signal) {
  const seen = { word: undefined as string | undefined, looks: 0 }
  const look = async () => {
    seen.looks += 1
    return seen.word
  }
  return { seen, answer: longPoll(desk, { topic, wait_seconds, gone, look }) }
}

/** Lets everything run that is ready to. */
const turn = () => new Promise(setImmediate)

describe("a long-poll", () => {
  it("answers at once where there is something", async () => {
    const desk = new NewsDesk()
    const look = async () => "here"
    const { signal: gone } = new AbortController()
    expect(await longPoll(desk, { topic, wait_seconds: 60, gone, look })).toBe("here")
    expect(desk.waiting).toBe(0)
  })

  it("looks once where it may not wait", async () => {
    const desk = new NewsDesk()
    const { seen, answer } = waiter(desk, 0)
    expect(await answer).toBeUndefined()
    expect(seen.looks).toBe(1)
  })

  it("looks again at each wake, and waits on where there is still nothing", async () => {
    const desk = new NewsDesk()
    const { seen, answer } = waiter(desk)
    await turn()
    desk.wake("name")
    desk.wake("name")
    desk.wake("another name")
    await turn()
    expect([seen.looks, desk.waiting]).toEqual([2, 1])
    seen.word = "here"
    desk.wakeAll()
    expect(await answer).toBe("here")
    expect([desk.waiting, desk.topics()]).toEqual([0, []])
  })

  it("misses nothing that comes while it looks", async () => {
    const desk = new NewsDesk()
    let word: string | undefined
    const look = async () => {
      const found = word
      if (found === undefined) {
        word = "here"
        desk.wake("name")
      }
      return found
    }
    const { signal: gone } = new AbortController()
    expect(await longPoll(desk, { topic, wait_seconds: 60, gone, look })).toBe("here")
  })

  it("ends when its caller goes, and when the desk closes", async () => {
    const desk = new NewsDesk()
    const caller = new AbortController()
    const [left, closed] = [waiter(desk, 60, caller.signal), waiter(desk)]
    await turn()
    expect([desk.waiting, desk.topics()]).toEqual([2, [topic]])
    caller.abort()
    expect(await left.answer).toBeUndefined()
    expect(desk.waiting).toBe(1)
    desk.close()
    expect(await closed.answer).toBeUndefined()
    expect([left.seen.looks, closed.seen.looks]).toEqual([1, 1])
    expect(await waiter(desk).answer).toBeUndefined()
  })

  it("makes room for the seventeenth by ending the first, which looks no more", async () => {
    const desk = new NewsDesk()
    const sixteen = Array.from({ length: 16 }, () => waiter(desk))
    await turn()
    const next = waiter(desk)
    expect(await sixteen[0]?.answer).toBeUndefined()
    await turn()
    expect([desk.waiting, sixteen[0]?.seen.looks, next.seen.looks]).toEqual([16, 1, 1])
    desk.close()
    await Promise.all([...sixteen, next].map(({ answer }) => answer))
  })

  it("leaves no place behind when a look fails", async () => {
    const desk = new NewsDesk()
    const look = async () => Promise.reject(new Error("away"))
    const { signal: gone } = new AbortController()
    await expect(longPoll(desk, { topic, wait_seconds: 60, gone, look })).rejects.toThrow("away")
    expect(desk.waiting).toBe(0)
  })
})
