const MAKERS = ["alloc", "allocUnsafe", "allocUnsafeSlow"] as const

/** What something takes of memory that buffers lie in. */
export interface Allocation<Result> {
  readonly result: Result
  /** All that was asked for by `Buffer`, given back or not, or what such memory grew by where that is more. */
  readonly bytes: number
  /** Views on buffers that were made, each an object of its own. */
  readonly views: number
}

/**
 * Measures an act that ends before it returns. What node:crypto and other native code make for themselves is only seen
 * as growth, from which a garbage collection in between takes away, and to which Node's pool of 8 KiB may add.
 */
export function allocationOf<Result>(act: () => Result): Allocation<Result> {
  const makers = MAKERS.map((name) => jest.spyOn(Buffer, name))
  const views = jest.spyOn(Buffer.prototype, "subarray")
  const before = process.memoryUsage().arrayBuffers
  try {
    const result = act()
    const growth = process.memoryUsage().arrayBuffers - before
    const asked = makers.flatMap(({ mock }) => mock.calls).reduce((sum, [size]) => sum + size, 0)
    return { result, bytes: Math.max(asked, growth), views: views.mock.calls.length }
  } finally {
    ;[...makers, views].forEach((spy) => spy.mockRestore())
  }
}
