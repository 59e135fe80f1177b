import Medusa from "@medusajs/js-sdk"

import { chosenStoreId } from "./store-choice"

const AUTH_TYPE = __AUTH_TYPE__ ?? "session"

/** For core's own routes; logs in as the dashboard does. */
export const sdk = new Medusa({
  baseUrl: __BACKEND_URL__ || "/",
  auth: { type: AUTH_TYPE, jwtTokenStorageKey: __JWT_TOKEN_STORAGE_KEY__ || undefined },
})

export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface ApiRequest {
  readonly path: string
  readonly method?: "GET" | "POST" | "DELETE"
  readonly query?: Query
  readonly body?: object
  readonly idempotencyKey?: string
  /** The store to act for; left out, the chosen one; `null`, none. */
  readonly storeId?: string | null
  readonly signal?: AbortSignal
}

/** A refusal by the wholesale API, or a request that got no answer (`status` 0). */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {}
  ) {
    super(message)
    this.name = "ApiError"
  }

  /** Whether the server decided. Otherwise nobody knows if the request had an effect. */
  get isDecided(): boolean {
    return this.status >= 400 && this.status < 500 && this.code !== "idempotency_key_in_use"
  }
}

/**
 * Calls a route under `/admin/wholesale`. The SDK's own fetch keeps only an error's message, and
 * people need its figures too.
 * @throws ApiError
 */
export async function request<Answer>(call: ApiRequest): Promise<Answer> {
  const response = await send(call)
  const answer: unknown = await response.json().catch(() => ({}))
  if (!response.ok) {
    throw refusal(response, answer)
  }
  return answer as Answer
}

/** A file of a document, and what it is called. */
export interface DocumentFile {
  readonly content: Blob
  readonly filename: string
}

/**
 * Fetches a file under `/admin/wholesale`.
 * @throws ApiError
 */
export async function requestFile(call: Pick<ApiRequest, "path" | "query">): Promise<DocumentFile> {
  const response = await send(call)
  if (!response.ok) {
    throw refusal(response, await response.json().catch(() => ({})))
  }
  const name = /filename="([^"]+)"/.exec(response.headers.get("content-disposition") ?? "")
  return { content: await response.blob(), filename: name?.[1] ?? "document" }
}

async function send(call: ApiRequest): Promise<Response> {
  const { path, method = "GET", body, signal } = call
  return await fetch(address(path, call.query), {
    method,
    headers: await headers(call),
    credentials: AUTH_TYPE === "session" ? "include" : "omit",
    body: method === "POST" ? JSON.stringify(body ?? {}) : undefined,
    signal,
  }).catch((cause: Error) => {
    throw cause.name === "AbortError" ? cause : new ApiError(0, "unreachable", cause.message)
  })
}

async function headers(call: ApiRequest): Promise<Headers> {
  const headers = new Headers({ "content-type": "application/json" })
  const storeId = call.storeId === undefined ? chosenStoreId() : call.storeId
  if (storeId) {
    headers.set("x-wholesale-store-id", storeId)
  }
  if (call.idempotencyKey) {
    headers.set("idempotency-key", call.idempotencyKey)
  }
  const token = AUTH_TYPE === "jwt" ? await sdk.client.getToken() : undefined
  if (token) {
    headers.set("authorization", `Bearer ${token}`)
  }
  return headers
}

function address(path: string, query: Query = {}): URL {
  const base = new URL(__BACKEND_URL__ || "/", window.location.origin)
  const url = new URL(`${base.pathname.replace(/\/$/, "")}/admin/wholesale/${path}`, base.origin)
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") {
      url.searchParams.set(name, String(value))
    }
  }
  return url
}

function refusal(response: Response, answer: unknown): ApiError {
  const { code, message, details } = (answer ?? {}) as {
    code?: string
    message?: string
    details?: Record<string, unknown>
  }
  return new ApiError(
    response.status,
    code ?? "unexpected_error",
    message ?? response.statusText,
    details ?? {}
  )
}

/** A fresh `Idempotency-Key`. `crypto.randomUUID` would be missing where the dashboard is not on HTTPS. */
export function newIdempotencyKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("")
}
