/** What a sweep has put right, for the people of the store it belongs to. */
export interface Repair {
  /** Undefined where documents of several stores were dealt with at once. */
  readonly store_id?: string
  /** A line to read. */
  readonly done: string
}
