describe("the reconcile job", () => {
  it("runs every minute unless the host says otherwise", () => {
    delete process.env.WHOLESALE_RECONCILE_SCHEDULE
    const { config } = jest.requireActual<typeof import("../reconcile")>("../reconcile")
    expect(config).toEqual({ name: "wholesale-reconcile", schedule: "* * * * *" })
  })
})
