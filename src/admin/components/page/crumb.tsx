import { useT } from "../../hooks/use-t"
import type { Section } from "../../lib/navigation"

/** The name of a page in the breadcrumbs. */
export function Crumb({ name }: { name: Section | "wholesale" }) {
  const t = useT()
  return <>{t(`nav.${name}`)}</>
}
