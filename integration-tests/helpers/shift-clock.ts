const shift = Number(process.env.CLOCK_SHIFT_MS ?? 0)
const Real = Date

/** Loaded before a program: its clock goes wrong by CLOCK_SHIFT_MS milliseconds. */
class ShiftedDate extends Real {
  constructor(...given: [] | ConstructorParameters<typeof Date>) {
    if (given.length === 0) {
      super(Real.now() + shift)
    } else {
      super(...given)
    }
  }

  static override now(): number {
    return Real.now() + shift
  }
}

globalThis.Date = ShiftedDate as DateConstructor
