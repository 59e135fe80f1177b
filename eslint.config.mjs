import { createRequire } from "node:module"
import medusa from "@medusajs/eslint-plugin"
import tseslint from "typescript-eslint"

const require = createRequire(import.meta.url)
require("ts-node/register")
const { importDirection } = require("./scripts/lint/import-direction.ts")

const TESTS = ["**/__tests__/**", "integration-tests/**"]

/**
 * Medusa's rules, without its blanket ignore of tests: those are linted too, only not by rules on what a route, a
 * module or a workflow file must look like.
 */
const medusaRules = medusa.configs.strict
  .filter((block) => block.files && Object.keys(block.rules ?? {}).length > 0)
  .map((block) => ({ ...block, ignores: [...(block.ignores ?? []), ...TESTS, "scripts/**", "bench/**"] }))

export default tseslint.config(
  { ignores: ["node_modules/", ".medusa/", ".pgdata/", ".demo/", "static/", "coverage/"] },
  ...tseslint.configs.recommended,
  { plugins: { "@medusajs": medusa, wholesale: { rules: { "import-direction": importDirection } } } },
  {
    files: ["**/*.{ts,tsx}"],
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.dev.json", "src/admin/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "wholesale/import-direction": "error",
      "no-console": "error",
      eqeqeq: "error",
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": true, "ts-ignore": true, "ts-nocheck": true }],
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/await-thenable": "error",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", ignoreRestSiblings: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "TSAsExpression > TSAsExpression.expression > TSUnknownKeyword",
          message: "A cast through unknown says nothing: take the type from the schema or the class.",
        },
        {
          selector: "MemberExpression[object.name=/^(describe|it|test)$/][property.name='only']",
          message: "`only` keeps every other test from running.",
        },
        {
          selector: "CallExpression[callee.name=/^create(Step|Workflow)$/] > Literal.arguments[value!=/^wholesale-[a-z-]+$/]",
          message: "Ids of steps and workflows are shared with the host app: `wholesale-…`, in kebab case.",
        },
      ],
    },
  },
  ...medusaRules,
  {
    // Medusa's rules want an id without prefix; the rule above wants ours.
    files: ["src/workflows/**"],
    rules: { "@medusajs/step-id-kebab-case": "off", "@medusajs/workflow-id-matches-export-or-filename": "off" },
  },
  {
    // Verbs of money and stock open a transaction themselves: @InjectTransactionManager stands on public methods too.
    files: ["src/modules/**"],
    rules: {
      "@medusajs/use-inject-manager-on-public-methods": "off",
      // `super(...arguments)` is how Medusa's own services pass on what the container injects.
      "prefer-rest-params": "off",
    },
  },
  {
    // What a person did wrong is a WholesaleError; a plain Error below the API is a fault of ours, and answers 500.
    files: ["src/{lib,documents,modules,trade,workflows}/**", "*.{js,mjs,ts}"],
    rules: { "@medusajs/use-medusa-error-not-generic-error": "off" },
  },
  {
    // A service is persistence plus invariants; what it decides belongs in domain/.
    files: ["src/modules/*/service*.ts"],
    rules: { "max-lines": ["error", { max: 300 }] },
  },
  {
    files: ["**/*.{js,mjs}"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  }
)
