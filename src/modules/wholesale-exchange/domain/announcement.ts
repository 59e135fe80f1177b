export const ANNOUNCEMENT_STATUSES = ["delivered", "failed"] as const
export type AnnouncementStatus = (typeof ANNOUNCEMENT_STATUSES)[number]
