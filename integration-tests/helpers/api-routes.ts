import { readdirSync, statSync } from "node:fs"
import { join, relative, sep } from "node:path"

const API = join(__dirname, "..", "..", "src", "api")

export type Method = "GET" | "POST" | "DELETE"

/** A route of the plugin as its file exports it. */
export interface ApiRoute {
  readonly method: Method
  /** `/admin/wholesale/orders/:id/approve` */
  readonly path: string
  readonly flags: readonly string[]
  readonly mutates: boolean
}

/** Every route under a folder of `src/api`, read from the files themselves: none can be forgotten. */
export function routesUnder(folder: "admin" | "store"): ApiRoute[] {
  return routeFiles(join(API, folder, "wholesale")).flatMap((file) => {
    const handlers =
      jest.requireActual<
        Partial<Record<Method, { gate?: { flags: readonly string[]; mutates: boolean } }>>
      >(file)
    const path = `/${relative(API, join(file, "..")).split(sep).join("/").replace(/\[(\w+)\]/g, ":$1")}`
    return (["GET", "POST", "DELETE"] as const).flatMap((method) => {
      const handler = handlers[method]
      if (!handler) {
        return []
      }
      if (!handler.gate) {
        throw new Error(`${method} ${path} is not made by the route kit, which proves who asks.`)
      }
      return [{ method, path, ...handler.gate }]
    })
  })
}

/** The path with its parameters filled in. */
export function fillPath(path: string, parameters: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_, name: string) => parameters[name] ?? `missing_${name}`)
}

function routeFiles(folder: string): string[] {
  return readdirSync(folder)
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? routeFiles(path) : name === "route.ts" ? [path] : []
    })
    .sort()
}
