/** Calls of Medusa's API as one logged-in user, to prepare a test and to read what came of it. */
export class Http {
  private constructor(
    private readonly url: string,
    private readonly token: string
  ) {}

  static async login(url: string, email: string, password: string): Promise<Http> {
    const { token } = await send<{ token: string }>(`${url}/auth/user/emailpass`, {}, { email, password })
    return new Http(url, token)
  }

  /** Takes an invitation of `inviter` as a new user, and logs in. */
  static async join(inviter: Http, email: string, password: string): Promise<Http> {
    const { url } = inviter
    const { invite } = await inviter.post<{ invite: { token: string } }>("/admin/invites", { email })
    const { token } = await send<{ token: string }>(`${url}/auth/user/emailpass/register`, {}, { email, password })
    await send(`${url}/admin/invites/accept?token=${invite.token}`, bearer(token), { email })
    return Http.login(url, email, password)
  }

  get<Answer>(path: string): Promise<Answer> {
    return send<Answer>(this.url + path, bearer(this.token))
  }

  post<Answer>(path: string, body: object): Promise<Answer> {
    return send<Answer>(this.url + path, bearer(this.token), body)
  }
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

async function send<Answer>(url: string, headers: Record<string, string>, body?: object): Promise<Answer> {
  const response = await fetch(url, {
    method: body ? "POST" : "GET",
    headers: { "content-type": "application/json", ...headers },
    body: body && JSON.stringify(body),
  })
  const text = await response.text()
  if (!response.ok) {
    throw new Error(`${url} answered ${response.status}: ${text}`)
  }
  return JSON.parse(text) as Answer
}
