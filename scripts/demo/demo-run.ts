import type { DemoOptions } from "./options"
import type { Terminal } from "./terminal"

/** What a run of the demo was asked for, where it says what it does, and how it is ended. */
export interface DemoRun {
  /** The repository, which is the Medusa app. */
  readonly root: string
  readonly options: DemoOptions
  readonly terminal: Terminal
  /** Settles when a person ends the demo: by an error that holds the exit status. */
  readonly interrupted: Promise<never>
}
