import type { DocumentFile } from "./client"

/** Hands a file to the browser to keep. */
export function keepFile({ content, filename }: DocumentFile): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement("a")
  link.href = address
  link.download = filename
  link.click()
  URL.revokeObjectURL(address)
}
