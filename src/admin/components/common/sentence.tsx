import { Code } from "@medusajs/ui"

/** A text of the API, in which what stands between backticks is for a machine. */
export function Sentence({ text }: { text: string }) {
  return (
    <>
      {text.split("`").map((part, index) =>
        index % 2 === 1 ? (
          <Code key={index} className="break-words">
            {part}
          </Code>
        ) : (
          part
        )
      )}
    </>
  )
}
