/**
 * One Jest configuration a test type, picked by TEST_TYPE. `npm test` runs them all in this order.
 * @type {Record<string, import("jest").Config>}
 */
const types = {
  unit: {
    testMatch: ["<rootDir>/{src,scripts}/**/__tests__/**/*.unit.spec.ts"],
  },
  module: {
    testMatch: ["<rootDir>/src/modules/*/__tests__/**/*.module.spec.ts"],
    setupFiles: ["<rootDir>/integration-tests/setup.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
  relay: {
    testMatch: ["<rootDir>/{src/relay-server/**/__tests__,integration-tests/relay}/**/*.relay.spec.ts"],
    maxWorkers: 2,
    testTimeout: 60_000,
  },
  integration: {
    testMatch: ["<rootDir>/integration-tests/{workflows,http}/**/*.spec.ts"],
    setupFiles: ["<rootDir>/integration-tests/setup.ts"],
    maxWorkers: 2,
    testTimeout: 180_000,
  },
  browser: {
    testMatch: ["<rootDir>/integration-tests/browser/**/*.spec.ts"],
    testTimeout: 300_000,
  },
  package: {
    testMatch: ["<rootDir>/integration-tests/package/**/*.spec.ts"],
    maxWorkers: 2,
    testTimeout: 900_000,
  },
}

const type = process.env.TEST_TYPE ?? "unit"
if (!(type in types)) {
  throw new Error(`TEST_TYPE is ${type}; there are ${Object.keys(types).join(", ")}`)
}

module.exports = {
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
  // Every boot of Medusa in one process leaves memory behind: a worker is replaced when it has grown.
  ...(type === "unit" ? { maxWorkers: "100%" } : { maxWorkers: 1, workerIdleMemoryLimit: "1GB" }),
  ...types[type],
}
