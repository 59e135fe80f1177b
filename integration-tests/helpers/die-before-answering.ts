import { ServerResponse } from "node:http"

/**
 * Loaded before a relay. From SIGUSR2 on, the first request that begins like DIE_BEFORE_ANSWERING, as in
 * `POST /v1/send/`, and has had its effect is not answered: the process kills itself instead. It says
 * `armed` when that is so.
 */
const doomed = process.env.DIE_BEFORE_ANSWERING
const write = ServerResponse.prototype.writeHead

process.once("SIGUSR2", () => {
  ServerResponse.prototype.writeHead = function (this: ServerResponse, ...head: Parameters<typeof write>) {
    if (doomed && `${this.req.method} ${this.req.url}`.startsWith(doomed)) {
      process.kill(process.pid, "SIGKILL")
    }
    return write.apply(this, head)
  } as typeof write
  process.stdout.write("armed\n")
})
