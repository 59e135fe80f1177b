import { defineRouteConfig } from "@medusajs/admin-sdk"
import { BuildingStorefront } from "@medusajs/icons"

import { Crumb } from "../../components/page/crumb"
import { HomeBoard } from "../../components/page/home-board"
import { WholesalePage } from "../../components/page/wholesale-page"

export const config = defineRouteConfig({
  label: "nav.wholesale",
  icon: BuildingStorefront,
  translationNs: "wholesale",
})

export const handle = { breadcrumb: () => <Crumb name="wholesale" /> }

const HomePage = () => {
  return (
    <WholesalePage section="home">
      <HomeBoard />
    </WholesalePage>
  )
}

export default HomePage
