import { canonicalJson } from "../hash/content-hash"

export interface SettingChange {
  readonly field: string
  readonly from: string | null
  readonly to: string | null
}

/** The members that differ, each as text. */
export function settingChanges(before: object, after: object): SettingChange[] {
  const from = new Map(Object.entries(before))
  return Object.entries(after)
    .map(([field, value]) => ({ field, from: text(from.get(field)), to: text(value) }))
    .filter((change) => change.from !== change.to)
}

function text(value: unknown): string | null {
  if (value === null || value === undefined) {
    return null
  }
  return typeof value === "object" ? canonicalJson(value) : String(value)
}
