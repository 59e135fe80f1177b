import { randomUUID } from "node:crypto"
import type { Link } from "@medusajs/framework/modules-sdk"
import type {
  IApiKeyModuleService,
  ICustomerModuleService,
  MedusaContainer,
} from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { type Answer, type FileAnswer, fileOf, type JsonObject, RequestRefused } from "../../scripts/fixture/store-client"
import { registerLogin } from "../../scripts/fixture/users"

const PASSWORD = "wholesale-demo"

/** A customer of a shop's storefront, over HTTP. Leave a header out by giving `null` for it. */
export class PortalClient {
  private constructor(
    private readonly baseUrl: string,
    private readonly publishableKey: string,
    private readonly token: string
  ) {}

  static async login(
    baseUrl: string,
    email: string,
    publishableKey: string
  ): Promise<PortalClient> {
    const response = await fetch(`${baseUrl}/auth/customer/emailpass`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ email, password: PASSWORD }),
    })
    const { token } = (await response.json()) as { token: string }
    return new PortalClient(baseUrl, publishableKey, token)
  }

  /** The answer whatever its status. */
  async request(
    method: "GET" | "POST",
    path: string,
    body?: unknown,
    given: { key?: string; publishableKey?: string | null; token?: string | null } = {}
  ): Promise<Answer> {
    const { key = randomUUID(), publishableKey = this.publishableKey, token = this.token } = given
    const response = await fetch(`${this.baseUrl}/store/wholesale/${path}`, {
      method,
      headers: {
        ...(publishableKey && { "x-publishable-api-key": publishableKey }),
        ...(token && { authorization: `Bearer ${token}` }),
        ...(method === "POST" && { "content-type": "application/json", "idempotency-key": key }),
      },
      ...(method === "POST" && { body: JSON.stringify(body ?? {}) }),
    })
    return { status: response.status, body: (await response.json()) as JsonObject }
  }

  /** @throws RequestRefused unless the answer is a success */
  async get<Body>(path: string): Promise<Body> {
    return this.expect<Body>("GET", path)
  }

  /** @throws RequestRefused unless the answer is a success */
  async post<Body>(path: string, body?: unknown): Promise<Body> {
    return this.expect<Body>("POST", path, body)
  }

  async file(path: string): Promise<FileAnswer> {
    return await fileOf(
      await fetch(`${this.baseUrl}/store/wholesale/${path}`, {
        headers: { "x-publishable-api-key": this.publishableKey, authorization: `Bearer ${this.token}` },
      })
    )
  }

  private async expect<Body>(method: "GET" | "POST", path: string, body?: unknown): Promise<Body> {
    const answer = await this.request(method, path, body)
    if (answer.status >= 400) {
      throw new RequestRefused(`${method} ${path}`, answer)
    }
    return answer.body as Body
  }
}

/** A customer with a login; whom they buy for is the store's to say. */
export async function registerCustomer(container: MedusaContainer, email: string): Promise<string> {
  const customer = await container
    .resolve<ICustomerModuleService>(Modules.CUSTOMER)
    .createCustomers({ email, has_account: true })
  await registerLogin(container, { email, password: PASSWORD }, { customer_id: customer.id })
  return customer.id
}

/** A publishable key that stands for sales channels; its token. */
export async function publishableKey(
  container: MedusaContainer,
  ...salesChannelIds: readonly string[]
): Promise<string> {
  const key = await container
    .resolve<IApiKeyModuleService>(Modules.API_KEY)
    .createApiKeys({ title: "Storefront", type: "publishable", created_by: "fixture" })
  if (salesChannelIds.length) {
    await container.resolve<Link>(ContainerRegistrationKeys.LINK).create(
      salesChannelIds.map((sales_channel_id) => ({
        [Modules.API_KEY]: { publishable_key_id: key.id },
        [Modules.SALES_CHANNEL]: { sales_channel_id },
      }))
    )
  }
  return key.token
}
