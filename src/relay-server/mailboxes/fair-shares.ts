/**
 * How many messages to take of each mailbox so that at least `limit` are taken in all, or whatever there is: no
 * mailbox gives more than another that could give as many, and one with few gives all.
 *
 * @param counts how many messages each mailbox has
 * @returns for each mailbox; what is over the limit by rounding is for the caller to cut
 */
export function fairShares(counts: readonly number[], limit: number): number[] {
  const ascending = [...counts].sort((left, right) => left - right)
  let left = limit
  let share = 0
  for (const [index, count] of ascending.entries()) {
    share = Math.ceil(left / (ascending.length - index))
    if (count >= share) {
      break
    }
    left -= count
  }
  return counts.map((count) => Math.min(count, share))
}
