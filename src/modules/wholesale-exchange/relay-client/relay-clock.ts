const TIME = /^\d{1,15}$/

/** The relay's clock as far as a store knows it: its own, set by what the relay tells. */
export class RelayClock {
  private offset_ms = 0

  constructor(private readonly own: () => number) {}

  now(): number {
    return Math.max(0, Math.round(this.own() + this.offset_ms))
  }

  /** @param time_ms what the relay's clock shows now */
  set(time_ms: number): void {
    this.offset_ms = time_ms - this.own()
  }

  /** Takes the time that an answer carries in a header; anything but a time is left alone. */
  read(header: string | readonly string[] | undefined): void {
    if (typeof header === "string" && TIME.test(header)) {
      this.set(Number(header))
    }
  }
}
