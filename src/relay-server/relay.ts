import type { DataSource } from "typeorm"

import type { RelayConfig } from "./config"
import type { Callers } from "./limits/callers"
import type { SharedLimits } from "./limits/shared-limits"
import type { Metrics } from "./metrics/metrics"
import type { StoredTotals } from "./metrics/stored-totals"
import type { Announcer } from "./news/announcer"
import type { NewsDesk } from "./news/news-desk"
import type { Topics } from "./news/topics"

/** What the routes of a running node work with. */
export interface Relay {
  readonly config: RelayConfig
  readonly database: DataSource
  readonly desk: NewsDesk
  readonly topics: Topics
  readonly announcer: Announcer
  readonly callers: Callers
  readonly limits: SharedLimits
  readonly metrics: Metrics
  readonly totals: StoredTotals
}
