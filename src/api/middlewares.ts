import { authenticate, defineMiddlewares } from "@medusajs/framework/http"

/**
 * Documents have up to 10,000 lines; core takes 100 kB. Bodies are parsed before the login is looked
 * at, so that only routes that take lines get more.
 */
const MANY_LINES = { bodyParser: { sizeLimit: "10mb" }, methods: ["POST" as const] }

export default defineMiddlewares({
  routes: [
    // Core lets the anonymous into /store, and asks nobody there for a second factor.
    { matcher: "/store/wholesale/*", middlewares: [authenticate("customer", ["session", "bearer"])] },
    { matcher: "/store/wholesale/orders", ...MANY_LINES },
    { matcher: "/admin/wholesale/orders", ...MANY_LINES },
    { matcher: "/admin/wholesale/orders/:id/ship", ...MANY_LINES },
    { matcher: "/admin/wholesale/orders/:id/dispatch", ...MANY_LINES },
    { matcher: "/admin/wholesale/credit-notes", ...MANY_LINES },
    { matcher: "/admin/wholesale/payments", ...MANY_LINES },
    { matcher: "/admin/wholesale/bank-statements/match", ...MANY_LINES },
    { matcher: "/admin/wholesale/catalog/items", ...MANY_LINES },
    { matcher: "/admin/wholesale/suppliers/:connection_id/mappings", ...MANY_LINES },
    { matcher: "/admin/wholesale/purchase-orders", ...MANY_LINES },
    { matcher: "/admin/wholesale/purchase-orders/:id", ...MANY_LINES },
    { matcher: "/admin/wholesale/purchase-orders/:id/receipts", ...MANY_LINES },
  ],
})
