import { StoreClient } from "../../scripts/fixture/store-client"
import { FIXTURE_PASSWORD, type TradingStore } from "../../scripts/fixture/trading-stores"

/** The admin API as a fixture's store sees it. */
export async function loginTo(
  api: { readonly defaults: { readonly baseURL?: string } },
  { id, user }: Pick<TradingStore, "id" | "user">
): Promise<StoreClient> {
  return await StoreClient.login(String(api.defaults.baseURL), { email: user.email, password: FIXTURE_PASSWORD }, id)
}
