/** What a route answers; its body is JSON. */
export interface RouteAnswer {
  readonly status: number
  readonly body: Record<string, unknown>
}

export const ok = (body: Record<string, unknown>): RouteAnswer => ({ status: 200, body })
export const created = (body: Record<string, unknown>): RouteAnswer => ({ status: 201, body })
