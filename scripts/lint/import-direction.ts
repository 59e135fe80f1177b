import { relative, sep } from "node:path"
import { ESLintUtils, type TSESTree } from "@typescript-eslint/utils"
import { wrongDirection } from "./directions"

/** ESLint rule: holds the direction of imports that docs/architecture.md describes. */
export const importDirection = ESLintUtils.RuleCreator.withoutDocs({
  meta: {
    type: "problem",
    messages: { wrong: "{{reason}}" },
    schema: [],
  },
  defaultOptions: [],
  create(context) {
    const file = relative(context.cwd, context.filename).split(sep).join("/")
    const check = (node: TSESTree.Node, source: TSESTree.Node | null, typeOnly: boolean): void => {
      if (source?.type !== "Literal" || typeof source.value !== "string") {
        return
      }
      const reason = wrongDirection({ file, specifier: source.value, typeOnly })
      if (reason) {
        context.report({ node, messageId: "wrong", data: { reason } })
      }
    }
    return {
      ImportDeclaration(node) {
        const named = node.specifiers.length > 0
        const allTypes = named && node.specifiers.every((it) => it.type === "ImportSpecifier" && it.importKind === "type")
        check(node, node.source, node.importKind === "type" || allTypes)
      },
      ExportNamedDeclaration(node) {
        check(node, node.source, node.exportKind === "type")
      },
      ExportAllDeclaration(node) {
        check(node, node.source, node.exportKind === "type")
      },
      ImportExpression(node) {
        check(node, node.source, false)
      },
      TSImportType(node) {
        check(node, node.source, true)
      },
      TSExternalModuleReference(node) {
        check(node, node.expression, false)
      },
      "CallExpression[callee.name='require']"(node: TSESTree.CallExpression) {
        check(node, node.arguments[0] ?? null, false)
      },
    }
  },
})
