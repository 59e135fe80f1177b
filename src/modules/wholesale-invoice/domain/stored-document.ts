/** What a file can be made of and kept. */
export const STORED_DOCUMENT_TYPES = ["invoice", "credit_note"] as const
export type StoredDocumentType = (typeof STORED_DOCUMENT_TYPES)[number]

export const DOCUMENT_FORMATS = ["pdf", "ubl", "factur_x"] as const
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]
