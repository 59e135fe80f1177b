import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useMemo, type ReactNode } from "react"
import { Link, Outlet } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import { useWholesaleContext } from "../../hooks/use-wholesale-context"
import { WholesaleProvider } from "../../hooks/use-wholesale"
import { accessOf, entriesFor, type Section } from "../../lib/navigation"
import type { WholesaleContext } from "../../lib/types/store"
import { ErrorNotice } from "../common/error-notice"
import { PlatformStores } from "../store/platform-stores"
import { FirstRun } from "./first-run"
import { InnerNavigation } from "./inner-navigation"
import { StoreSwitcher } from "./store-switcher"

interface WholesalePageProps {
  readonly section: Section
  readonly children: ReactNode
}

/**
 * The frame of every Wholesale page: inner navigation, store switcher, and the gate that tells what
 * is missing (a store, a flag) instead of showing a page that could not work.
 */
export function WholesalePage({ section, children }: WholesalePageProps) {
  const { data: context, error } = useWholesaleContext()
  if (error) {
    return (
      <Container>
        <ErrorNotice error={error} />
      </Container>
    )
  }
  if (!context) {
    return <Skeleton className="h-40 w-full rounded-lg" />
  }
  return (
    <Frame context={context} section={section}>
      {children}
    </Frame>
  )
}

function Frame({ context, section, children }: WholesalePageProps & { context: WholesaleContext }) {
  const { store } = context
  const access = useMemo(() => accessOf(context), [context])
  const wholesale = useMemo(() => store && { ...context, store, access }, [context, store, access])
  const entries = entriesFor(access)

  if (!wholesale) {
    return (
      <>
        <FirstRun context={context} />
        {context.is_platform_admin && <PlatformStores context={context} />}
        <Outlet />
      </>
    )
  }
  return (
    <WholesaleProvider.Provider value={wholesale}>
      <div className="flex flex-col gap-y-3">
        <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
          <InnerNavigation entries={entries} />
          <div className="ml-auto">
            <StoreSwitcher />
          </div>
        </div>
        {entries.some((entry) => entry.section === section) ? children : <SectionIsOff />}
      </div>
      <Outlet />
    </WholesaleProvider.Provider>
  )
}

function SectionIsOff() {
  const t = useT()
  return (
    <Container className="flex flex-col items-start gap-y-2">
      <Heading>{t("off.title")}</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        {t("off.text")}
      </Text>
      <Link to="/wholesale/settings" className="txt-compact-small-plus text-ui-fg-interactive">
        {t("off.settings")}
      </Link>
    </Container>
  )
}
