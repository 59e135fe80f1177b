/** A document in its envelope, as it travels between stores; what its body holds is none of the exchange's concern. */
export interface TravellingDocument {
  readonly type: string
  readonly id: string
  readonly revision: number
  readonly incarnation: number
  readonly issued_at: string
  readonly body: Readonly<Record<string, unknown>>
}
