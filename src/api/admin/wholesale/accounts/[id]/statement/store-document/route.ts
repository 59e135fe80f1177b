import { calendarDay } from "../../../../../../../lib/calendar/days"
import { statement } from "../../../../../../../schemas/reports"
import { storedDocument } from "../../../../../../route-kit/stored-document"
import { periodOf } from "../../../../../../views/reports"

export const POST = storedDocument({
  body: statement,
  document: ({ id }, asked) => {
    const { from, to } = periodOf(asked)
    return { type: "statement", account_id: id, from: calendarDay(from), to: calendarDay(to) }
  },
})
