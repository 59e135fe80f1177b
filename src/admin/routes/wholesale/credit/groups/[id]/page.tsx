import { useParams } from "react-router-dom"

import { GroupDetail } from "../../../../../components/credit/group-detail"
import { Loaded } from "../../../../../components/detail/loaded"
import { WholesalePage } from "../../../../../components/page/wholesale-page"
import { resources } from "../../../../../lib/resources"

const GroupPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="credit">
      <Loaded resource={resources.creditGroups} id={id}>
        {(group) => <GroupDetail group={group} />}
      </Loaded>
    </WholesalePage>
  )
}

export default GroupPage
