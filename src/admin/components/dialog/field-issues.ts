import { createContext, useContext } from "react"

import type { ApiError } from "../../lib/client"

/** What the API finds wrong with single fields of the open dialog, by path. */
export const FieldIssues = createContext<ReadonlyMap<string, string>>(new Map())

export function useFieldIssue(name: string): string | undefined {
  return useContext(FieldIssues).get(name)
}

export function issuesOf(error: ApiError | null): ReadonlyMap<string, string> {
  const issues = error?.details.issues
  if (!Array.isArray(issues)) {
    return new Map()
  }
  return new Map(
    issues.filter(isIssue).map(({ path, message }): [string, string] => [path, message])
  )
}

function isIssue(issue: unknown): issue is { path: string; message: string } {
  return typeof issue === "object" && issue !== null && "path" in issue && "message" in issue
}
