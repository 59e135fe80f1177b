/** Milliseconds of every round, by the name of what was measured. */
type Timings = Map<string, number[]>

/** Measures what a round does; rounds of one kind are collected under the same names. */
export class Stopwatch {
  private readonly timings: Timings = new Map()

  async time<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const started = performance.now()
    const result = await work()
    this.note(name, performance.now() - started)
    return result
  }

  /** What was measured elsewhere. */
  note(name: string, ms: number): void {
    this.timings.set(name, [...(this.timings.get(name) ?? []), ms])
  }

  median(name: string): number {
    return median(this.timings.get(name) ?? [])
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  const middle = sorted.length / 2
  return sorted.length % 2 ? sorted[Math.floor(middle)] : (sorted[middle - 1] + sorted[middle]) / 2
}
