import { posix } from "node:path"

/** One import as a file states it. */
export type Import = {
  /** Path of the importing file from the repository root, with forward slashes. */
  file: string
  specifier: string
  /** True for `import type` and types in type position: nothing of it is left at run time. */
  typeOnly: boolean
}

type Room =
  | { name: "lib" | "events" | "schemas" | "trade" | "workflows" | "links" | "api" | "subscribers" | "jobs" | "commands" }
  | { name: "admin" | "relay-server" | "documents" }
  | { name: "domain" | "module"; module: string }

const SRC = "src"
const ROOMS = [
  "lib", "schemas", "documents", "trade", "workflows", "links", "api", "subscribers", "jobs", "commands", "admin", "relay-server",
] as const

/** Which rooms of the plugin a room may import besides itself. Modules and the admin have rules of their own below. */
const MAY_IMPORT: Record<Room["name"], readonly Room["name"][]> = {
  lib: [],
  events: ["lib"],
  domain: ["lib"],
  module: ["lib", "domain"],
  schemas: ["lib"],
  links: ["lib", "domain", "module"],
  documents: ["lib"],
  trade: ["lib", "events", "domain", "module", "workflows"],
  workflows: ["lib", "events", "domain", "module", "documents", "trade", "links"],
  api: ["lib", "events", "domain", "module", "documents", "trade", "workflows", "links", "schemas"],
  subscribers: ["lib", "events", "domain", "module", "trade", "workflows", "links"],
  jobs: ["lib", "events", "domain", "module", "trade", "workflows", "links"],
  commands: ["lib", "events", "domain", "module", "trade", "workflows", "links"],
  admin: ["schemas"],
  "relay-server": ["lib"],
}

/** Rooms whose types, and only whose types, may be used as well. */
const MAY_IMPORT_TYPES: Partial<Record<Room["name"], readonly Room["name"][]>> = {
  schemas: ["domain"],
  trade: ["schemas"],
  workflows: ["schemas"],
  admin: ["lib", "events", "domain", "module", "trade", "workflows", "api"],
}

/** Rooms that know of Medusa only its framework. */
const FRAMEWORK_ONLY: readonly Room["name"][] = ["lib", "domain", "module", "schemas", "events", "documents"]

/** Rooms that compute and do nothing else. */
const PURE: readonly Room["name"][] = ["lib", "domain"]
const DOES_IO = /^(node:)?(fs|net|http|http2|https|tls|dgram|dns|child_process|worker_threads|cluster)(\/|$)/

/** Rooms that reach nothing beyond this machine: what they make comes from what they are given. */
const OFFLINE: readonly Room["name"][] = ["documents"]
const REACHES_OUT = /^(node:)?(net|http|http2|https|tls|dgram|dns)(\/|$)/

/**
 * What is wrong with an import by the house's direction of imports, in a sentence; undefined where nothing is.
 *
 * `lib` ← `modules/*\/domain` ← `modules/*\/service` ← `trade`, `workflows` ← `api`, `subscribers`, `jobs`, `commands`; a module
 * imports no other module, `schemas` of the modules only types of the domain, `admin` of the rest only types,
 * `relay-server` and `documents` only `lib`. Tests (`__tests__`) keep to the room they stand in, but may use test tools.
 */
export function wrongDirection({ file, specifier, typeOnly }: Import): string | undefined {
  if (!file.startsWith(`${SRC}/`)) {
    return undefined
  }
  const from = roomOf(file)
  if (!from) {
    return `${file} stands in no room of the house: add its folder to scripts/lint/directions.ts`
  }
  const inTest = file.includes("/__tests__/")
  return specifier.startsWith(".")
    ? wrongFile(from, posix.join(posix.dirname(file), specifier), typeOnly, inTest)
    : wrongPackage(from, specifier, typeOnly, inTest)
}

function wrongFile(from: Room, target: string, typeOnly: boolean, inTest: boolean): string | undefined {
  if (!target.startsWith(`${SRC}/`)) {
    return inTest ? undefined : `${from.name} imports ${target}, which is not part of the plugin`
  }
  const to = roomOf(target)
  if (!to) {
    return `${target} stands in no room of the house: add its folder to scripts/lint/directions.ts`
  }
  if ("module" in from && "module" in to) {
    if (from.module !== to.module) {
      return `module ${from.module} imports module ${to.module}: a module imports no other module, a workflow joins them`
    }
    return from.name === "domain" && to.name === "module" && !inTest
      ? `the domain of ${from.module} imports ${target}: domain rules know neither models nor service`
      : undefined
  }
  if (from.name === to.name || MAY_IMPORT[from.name].includes(to.name)) {
    return undefined
  }
  if (MAY_IMPORT_TYPES[from.name]?.includes(to.name)) {
    return typeOnly ? undefined : `${from.name} may import only types from ${to.name}: write \`import type\``
  }
  return `${from.name} may not import ${to.name} (${target})`
}

function wrongPackage(from: Room, specifier: string, typeOnly: boolean, inTest: boolean): string | undefined {
  if (specifier === "medusa-wholesale" || specifier.startsWith("medusa-wholesale/")) {
    return `${from.name} imports the plugin by its package name: use the relative path`
  }
  if (inTest) {
    return undefined
  }
  if (PURE.includes(from.name) && DOES_IO.test(specifier)) {
    return `${from.name} is pure and may not import ${specifier}`
  }
  if (OFFLINE.includes(from.name) && REACHES_OUT.test(specifier)) {
    return `${from.name} reaches nothing over the network and may not import ${specifier}`
  }
  const medusa = specifier.startsWith("@medusajs/")
  if (from.name === "relay-server" && medusa) {
    return `relay-server runs without Medusa and may not import ${specifier}`
  }
  if (from.name === "admin" && /^@medusajs\/(framework|medusa|core-flows)(\/|$)/.test(specifier) && !typeOnly) {
    return `admin runs in a browser and may import only types from ${specifier}`
  }
  if (FRAMEWORK_ONLY.includes(from.name) && medusa && !/^@medusajs\/framework(\/|$)/.test(specifier)) {
    return `${from.name} knows of Medusa only @medusajs/framework and may not import ${specifier}`
  }
  return undefined
}

function roomOf(path: string): Room | undefined {
  const [, folder, module, inner] = path.replace(/\.(ts|tsx|js)$/, "").split("/")
  if (folder === "modules") {
    return module === undefined ? undefined : { name: inner === "domain" ? "domain" : "module", module }
  }
  if (folder === "events") {
    return { name: "events" }
  }
  const name = ROOMS.find((room) => room === folder)
  return name && { name }
}
