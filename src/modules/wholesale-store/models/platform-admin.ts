import { model } from "@medusajs/framework/utils"

/**
 * A platform admin, known by user id. The e-mail is the one by which it was resolved, in lower case;
 * it stays taken for ever, also by a deleted row, so that it never makes a second admin.
 */
export const WholesalePlatformAdmin = model
  .define("wholesale_platform_admin", {
    id: model.id({ prefix: "whpadm" }).primaryKey(),
    user_id: model.text(),
    email: model.text(),
    granted_by: model.text(),
  })
  .indexes([{ on: ["email"], unique: true, where: null }, { on: ["user_id"] }])
