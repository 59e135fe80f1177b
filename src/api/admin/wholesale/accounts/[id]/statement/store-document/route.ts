import { calendarDay } from "../../../../../../../lib/calendar/days"
import { statement } from "../../../../../../../schemas/reports"
import { storeDocumentRoute } from "../../../../../../route-kit/store-document-route"

export const POST = storeDocumentRoute({
  body: statement,
  document: ({ id }, { from, to }) => ({
    type: "statement",
    account_id: id,
    from: calendarDay(from),
    to: calendarDay(to),
  }),
})
