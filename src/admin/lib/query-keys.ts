import type { Query } from "./client"

const ROOT = "wholesale"

/** Every query of the plugin, under one root so that a change can refresh all that shows it. */
export const queryKeys = {
  all: [ROOT] as const,
  context: (storeId: string | undefined) => [ROOT, "context", storeId] as const,
  summary: (storeId: string) => [ROOT, storeId, "summary"] as const,
  booksCheck: (storeId: string) => [ROOT, storeId, "booksCheck"] as const,
  relay: (storeId: string) => [ROOT, storeId, "relay"] as const,
  list: (storeId: string | undefined, path: string, query: Query) =>
    [ROOT, storeId, path, "list", query] as const,
  row: (storeId: string | undefined, path: string, id: string) =>
    [ROOT, storeId, path, "row", id] as const,
  choices: (storeId: string | undefined, source: string) => [ROOT, storeId, "choices", source] as const,
  core: (resource: string, query?: object) => [ROOT, "core", resource, query] as const,
}
