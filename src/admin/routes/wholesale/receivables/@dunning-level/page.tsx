import { useSearchParams } from "react-router-dom"

import { DunningLevelDialog } from "../../../../components/receivables/dunning-level-dialog"
import { useRows } from "../../../../hooks/use-rows"
import { resources } from "../../../../lib/resources"

const DunningLevelPage = () => {
  const [search] = useSearchParams()
  const { rows: levels } = useRows(resources.dunningLevels)
  const level = levels?.find((each) => String(each.level) === search.get("level"))
  return levels ? <DunningLevelDialog levels={levels} level={level} /> : null
}

export default DunningLevelPage
