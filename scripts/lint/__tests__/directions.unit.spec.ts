import { wrongDirection } from "../directions"

const lib = "src/lib/money/amount.ts"
const domain = "src/modules/wholesale-order/domain/order-machine.ts"
const service = "src/modules/wholesale-order/service.ts"
const workflow = "src/workflows/order/approve.ts"
const applier = "src/trade/appliers/order.ts"
const route = "src/api/admin/wholesale/orders/route.ts"
const schema = "src/schemas/orders.ts"
const page = "src/admin/routes/wholesale/page.tsx"
const relay = "src/relay-server/router.ts"
const pdf = "src/documents/pdf/write-pdf.ts"

/** Imports `specifier`, a path from the repository root or a package, in `file`. */
function check(file: string, specifier: string, typeOnly = false): string | undefined {
  const up = "../".repeat(file.split("/").length - 1)
  return wrongDirection({ file, specifier: specifier.startsWith("src/") ? up + specifier : specifier, typeOnly })
}

describe("the direction of imports", () => {
  it.each([
    [domain, "src/lib/money/amount"],
    [service, "src/lib/money/amount"],
    [service, "src/modules/wholesale-order/domain/order-machine"],
    [service, "src/modules/wholesale-order/models/order"],
    [workflow, "src/modules/wholesale-order"],
    [workflow, "src/modules/wholesale-credit/service"],
    [workflow, "src/trade/announce"],
    [applier, "src/workflows/order/place"],
    [route, "src/workflows/order/approve"],
    [route, "src/schemas/orders"],
    ["src/subscribers/mirror.ts", "src/workflows/mirror/make"],
    ["src/subscribers/mirror.ts", "src/events"],
    ["src/jobs/sweep.ts", "src/trade/announce"],
    ["src/commands/rotate-keys.ts", "src/modules/wholesale-exchange"],
    ["src/links/order.ts", "src/modules/wholesale-order"],
    [schema, "src/lib/money/amount"],
    [page, "src/schemas/orders"],
    [page, "src/admin/lib/sdk"],
    [relay, "src/lib/crypto/envelope"],
    [pdf, "src/lib/money/amount"],
    [pdf, "src/documents/model/party"],
    [workflow, "src/documents/pdf/write-pdf"],
  ])("lets %s import %s", (file, target) => {
    expect(check(file, target)).toBeUndefined()
  })

  it.each([
    [lib, "src/modules/wholesale-order/domain/order-machine", "lib may not import domain"],
    [domain, "src/modules/wholesale-order/service", "domain rules know neither models nor service"],
    [service, "src/modules/wholesale-credit", "a module imports no other module"],
    [domain, "src/modules/wholesale-credit/domain/exposure", "a module imports no other module"],
    [service, "src/workflows/order/approve", "module may not import workflows"],
    [service, "src/events", "module may not import events"],
    [workflow, "src/api/route-kit/admin-route", "workflows may not import api"],
    [applier, "src/api/route-kit/admin-route", "trade may not import api"],
    ["src/jobs/sweep.ts", "src/api/route-kit/admin-route", "jobs may not import api"],
    ["src/commands/rotate-keys.ts", "src/api/route-kit/admin-route", "commands may not import api"],
    [workflow, "src/commands/rotate-keys", "workflows may not import commands"],
    [schema, "src/workflows/order/approve", "schemas may not import workflows"],
    [schema, "src/modules/wholesale-order/service", "schemas may not import module"],
    [page, "src/lib/money/amount", "only types from lib"],
    [relay, "src/modules/wholesale-exchange", "relay-server may not import module"],
    [relay, "src/trade/document", "relay-server may not import trade"],
    [pdf, "src/modules/wholesale-invoice", "documents may not import module"],
    [pdf, "src/modules/wholesale-invoice/domain/overdue", "documents may not import domain"],
    [pdf, "src/workflows/documents/invoice-snapshot", "documents may not import workflows"],
    [service, "src/documents/pdf/write-pdf", "module may not import documents"],
    [applier, "src/documents/pdf/write-pdf", "trade may not import documents"],
    [route, "scripts/postgres", "not part of the plugin"],
  ])("refuses %s importing %s", (file, target, reason) => {
    const specifier = target.startsWith("src/") ? target : `../../../../../${target}`
    expect(check(file, specifier)).toContain(reason)
  })

  it("refuses a package import whatever its kind where the room must not know it", () => {
    expect(check(service, "@medusajs/medusa/core-flows")).toContain("only @medusajs/framework")
    expect(check(service, "@medusajs/framework/utils")).toBeUndefined()
    expect(check(service, "csv-parse")).toBeUndefined()
    expect(check(lib, "node:crypto")).toBeUndefined()
    expect(check(lib, "node:fs/promises")).toContain("is pure")
    expect(check(domain, "fs")).toContain("is pure")
    expect(check(relay, "@medusajs/framework/utils")).toContain("without Medusa")
    expect(check(pdf, "@medusajs/framework/utils")).toBeUndefined()
    expect(check(pdf, "@medusajs/medusa/core-flows")).toContain("only @medusajs/framework")
    expect(check(pdf, "node:fs")).toBeUndefined()
    expect(check(pdf, "node:https")).toContain("reaches nothing over the network")
    expect(check(workflow, "@medusajs/medusa/core-flows")).toBeUndefined()
    expect(check(workflow, "medusa-wholesale/workflows")).toContain("relative path")
  })

  it("lets a room use types where it may not use values", () => {
    expect(check(schema, "src/modules/wholesale-order/domain/order-machine")).toContain("only types from domain")
    expect(check(schema, "src/modules/wholesale-order/domain/order-machine", true)).toBeUndefined()
    expect(check(schema, "src/modules/wholesale-order/service", true)).toContain("schemas may not import module")
    expect(check(workflow, "src/schemas/common", true)).toBeUndefined()
    expect(check(workflow, "src/schemas/common")).toContain("only types from schemas")
    expect(check(page, "src/lib/money/amount", true)).toBeUndefined()
    expect(check(page, "src/relay-server/router", true)).toContain("admin may not import relay-server")
    expect(check(page, "@medusajs/framework/types", true)).toBeUndefined()
    expect(check(page, "@medusajs/framework/types")).toContain("only types")
  })

  it("lets a test use test tools and the service of its own module, and no other module", () => {
    const spec = "src/modules/wholesale-order/__tests__/service.module.spec.ts"
    const domainSpec = "src/modules/wholesale-order/domain/__tests__/order-machine.unit.spec.ts"
    expect(check(spec, "@medusajs/test-utils")).toBeUndefined()
    expect(check(spec, "src/modules/wholesale-order/service")).toBeUndefined()
    expect(check(domainSpec, "src/modules/wholesale-order/service")).toBeUndefined()
    expect(check(spec, "src/modules/wholesale-credit/service")).toContain("a module imports no other module")
    expect(check(spec, "../../../../integration-tests/helpers/redis")).toBeUndefined()
  })

  it("asks for a rule for a folder it does not know, and leaves files outside src alone", () => {
    expect(check("src/utils/things.ts", "node:crypto")).toContain("no room of the house")
    expect(check(workflow, "src/utils/things")).toContain("no room of the house")
    expect(check("integration-tests/http/orders.spec.ts", "src/modules/wholesale-order/service")).toBeUndefined()
  })
})
