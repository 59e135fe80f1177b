/**
 * One Jest project a test type. TEST_TYPES picks them, separated by commas; `npm test` runs all of them at once, so that
 * no core waits at the end of each for its last file.
 */

const setup = "<rootDir>/integration-tests/setup.ts"
const redisDatabase = "<rootDir>/integration-tests/redis-database.ts"

/** REDIS_DATABASE: the one before the first worker's; the demo takes three, and the relay's tests have 7 and 8. */
const types = {
  unit: {
    testMatch: ["<rootDir>/{src,scripts}/**/__tests__/**/*.unit.spec.ts"],
  },
  module: {
    testMatch: ["<rootDir>/src/modules/*/__tests__/**/*.module.spec.ts"],
    setupFiles: [redisDatabase, setup],
    globals: { TEST_TIMEOUT: 60_000, REDIS_DATABASE: 0 },
  },
  relay: {
    testMatch: ["<rootDir>/{src/relay-server/**/__tests__,integration-tests/relay}/**/*.relay.spec.ts"],
    globals: { TEST_TIMEOUT: 60_000 },
  },
  integration: {
    testMatch: ["<rootDir>/integration-tests/{workflows,http}/**/*.spec.ts"],
    setupFiles: [redisDatabase, setup],
    globals: { TEST_TIMEOUT: 180_000, REDIS_DATABASE: 0 },
  },
  browser: {
    testMatch: ["<rootDir>/integration-tests/browser/**/*.spec.ts"],
    setupFiles: [redisDatabase],
    globals: { TEST_TIMEOUT: 600_000, REDIS_DATABASE: 2 },
  },
  package: {
    testMatch: ["<rootDir>/integration-tests/package/**/*.spec.ts"],
    setupFiles: [redisDatabase],
    globals: { TEST_TIMEOUT: 900_000, REDIS_DATABASE: 9 },
  },
}

const project = {
  // Files are transformed once for all of them.
  id: "medusa-wholesale",
  testEnvironment: "node",
  moduleFileExtensions: ["ts", "tsx", "js", "mjs", "json"],
  modulePathIgnorePatterns: ["<rootDir>/.medusa/", "<rootDir>/.pgdata/", "<rootDir>/.demo/"],
  transform: {
    "^.+\\.tsx?$": [
      "@swc/jest",
      {
        swcrc: false,
        jsc: {
          // As tsconfig.json has it.
          target: "es2021",
          parser: { syntax: "typescript", tsx: false, decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
        },
        module: { type: "commonjs" },
        sourceMaps: "inline",
      },
    ],
  },
}

const chosen = (process.env.TEST_TYPES ?? "unit").split(",")
for (const type of chosen) {
  if (!(type in types)) {
    throw new Error(`TEST_TYPES names ${type}; there are ${Object.keys(types).join(", ")}`)
  }
}

module.exports = {
  projects: chosen.map((type) => ({
    displayName: type,
    ...project,
    ...types[type],
    // A project has no testTimeout of its own.
    setupFilesAfterEnv: types[type].globals ? ["<rootDir>/integration-tests/timeout.ts"] : [],
  })),
  testSequencer: "<rootDir>/scripts/longest-first.js",
  ...(chosen.every((type) => type === "unit")
    ? { maxWorkers: "100%" }
    : {
        maxWorkers: 2,
        // Every boot of Medusa in one process leaves memory behind: a worker is replaced when it has grown.
        workerIdleMemoryLimit: "1GB",
      }),
}
