const { default: Sequencer } = require("@jest/test-sequencer")

/** What takes minutes, the longest first; then the types by how long their files take, the larger file first. */
const ORDER = [
  "/integration-tests/package/stock-app",
  "/integration-tests/workflows/crash-recovery",
  "/integration-tests/workflows/relay-crash",
  "/integration-tests/workflows/balances",
  "/integration-tests/browser/",
  "/integration-tests/package/",
  "/integration-tests/workflows/relay-restore",
  "/integration-tests/workflows/mirror-core-order",
  "/integration-tests/workflows/relay-weather",
  "/integration-tests/http/trade",
  "/integration-tests/workflows/relay-pairing",
  "/integration-tests/workflows/",
  "/integration-tests/http/",
  "/wholesale-exchange/__tests__/relay-restore",
  "/wholesale-exchange/__tests__/relay-hostile",
  ".module.spec.",
  ".relay.spec.",
]

/**
 * Without times of an earlier run, as on a fresh clone, Jest begins with the largest file: then a short one that takes
 * minutes comes last, and one worker waits for the other.
 */
class LongestFirst extends Sequencer {
  sort(tests) {
    const place = ({ path }) => {
      const found = ORDER.findIndex((words) => path.replaceAll("\\", "/").includes(words))
      return found < 0 ? ORDER.length : found
    }
    const places = new Map(tests.map((test) => [test, place(test)]))
    return super.sort(tests).sort((one, other) => places.get(one) - places.get(other))
  }
}

module.exports = LongestFirst
