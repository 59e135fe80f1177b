import { randomBytes } from "node:crypto"
import type { DataSource } from "typeorm"

import { SecretEntity } from "./entities"

const SECRET_BYTES = 32

/** A random key that all nodes share; the first one to ask makes it. */
export async function storedSecret(database: DataSource, name: string): Promise<Buffer> {
  const secrets = database.getRepository(SecretEntity)
  await secrets
    .createQueryBuilder()
    .insert()
    .values({ name, secret: randomBytes(SECRET_BYTES) })
    .orIgnore()
    .execute()
  return (await secrets.findOneByOrFail({ name })).secret
}
