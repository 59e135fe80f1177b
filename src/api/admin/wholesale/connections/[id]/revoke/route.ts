import { connectionDecision } from "../../../../../route-kit/connection-decision"

export const POST = connectionDecision("revoke")
