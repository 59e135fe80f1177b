/** Of the spec file's type (jest.config.js). */
declare const REDIS_DATABASE: number

// Workers share the server of REDIS_URL, and each has a database of its own there for a type: one must not take the
// other's events and jobs, nor what an app that ended has left those of a server in a process of its own.
const { REDIS_URL, JEST_WORKER_ID } = process.env
if (REDIS_URL) {
  const url = new URL(REDIS_URL)
  url.pathname = `/${REDIS_DATABASE + Number(JEST_WORKER_ID)}`
  process.env.REDIS_URL = url.toString()
}
