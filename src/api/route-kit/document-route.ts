import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { z } from "@medusajs/framework/zod"

import type { DocumentFile } from "../../workflows/documents/document-file"
import { chosenStore, provenSession, type AdminRoute } from "./admin-route"
import type { StoreRow } from "./admin-session"
import { answerError } from "./answer-error"
import { PORTAL, type FlagRequirement } from "./flag-gate"
import { type noQuery, parseRead } from "./handle-once"
import type { Buyer } from "./store-session"
import { provenBuyer, type StoreRoute } from "./store-route"

interface DocumentContext<Query> {
  readonly container: MedusaContainer
  readonly store: StoreRow
  readonly params: Readonly<Record<string, string>>
  readonly query: Query
}

/** A route that answers a file of a store's document: it proves what all others do, and its errors are the same JSON. */
export function adminDocument<Query extends z.ZodType = typeof noQuery>(spec: {
  readonly flags: FlagRequirement
  readonly query?: Query
  readonly handler: (context: DocumentContext<z.output<Query>>) => Promise<DocumentFile>
}): AdminRoute {
  return streaming(spec.flags, async (req) => {
    const { store } = await provenSession(req, spec.flags, chosenStore)
    const { query } = parseRead(req, spec.query)
    return await spec.handler({ container: req.scope, store, params: req.params, query })
  })
}

/** A route of the portal that answers a file. */
export function portalDocument(spec: {
  readonly handler: (context: DocumentContext<unknown> & Buyer) => Promise<DocumentFile>
}): StoreRoute {
  return streaming(PORTAL, async (req) => {
    const { store, account, employee } = await provenBuyer(req)
    const { query } = parseRead(req)
    return await spec.handler({ container: req.scope, store, account, employee, params: req.params, query })
  })
}

function streaming(
  flags: FlagRequirement,
  find: (req: AuthenticatedMedusaRequest) => Promise<DocumentFile>
): AdminRoute & StoreRoute {
  const handle = async (req: AuthenticatedMedusaRequest, res: MedusaResponse): Promise<void> => {
    try {
      await stream(await find(req), res)
    } catch (error) {
      failed(error, res, req.scope.resolve<Logger>(ContainerRegistrationKeys.LOGGER))
    }
  }
  return Object.assign(handle, { gate: { flags, mutates: false } })
}

/** What a document is answered with; taken back where an error is answered in its place. */
const HEADERS = ["content-type", "content-disposition", "cache-control"] as const

async function stream({ filename, mime_type, write }: DocumentFile, res: MedusaResponse): Promise<void> {
  res.attachment(filename)
  res.setHeader("content-type", mime_type)
  res.setHeader("cache-control", "private, no-store")
  // A dashboard on another host is to learn the file's name as well.
  res.setHeader("access-control-expose-headers", "content-disposition")
  await write(res)
}

/** Before the first byte an error is an answer; after it the answer is broken off, so that nobody takes half a file for one. */
function failed(error: unknown, res: MedusaResponse, logger: Logger): void {
  if (hasLeft(error)) {
    return
  }
  if (res.headersSent) {
    logger.error("A wholesale document broke off.", error instanceof Error ? error : new Error(String(error)))
    res.destroy()
    return
  }
  HEADERS.forEach((name) => res.removeHeader(name))
  const { status, body } = answerError(error, logger)
  res.status(status).json(body)
}

/** Whoever asked has gone before the end, which is their right. */
const hasLeft = (error: unknown): boolean =>
  error instanceof Error && "code" in error && error.code === "ERR_STREAM_PREMATURE_CLOSE"
