import { MetadataStorage } from "@medusajs/framework/mikro-orm/core"

// The entity registry outlives a spec file in the same worker; each boots its own app.
MetadataStorage.clear()
