import { useParams } from "react-router-dom"

import { ConnectionDetail } from "../../../../components/connections/connection-detail"
import { Loaded } from "../../../../components/detail/loaded"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { resources } from "../../../../lib/resources"

const ConnectionPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="connections">
      <Loaded resource={resources.connections} id={id}>
        {(connection) => <ConnectionDetail connection={connection} />}
      </Loaded>
    </WholesalePage>
  )
}

export default ConnectionPage
