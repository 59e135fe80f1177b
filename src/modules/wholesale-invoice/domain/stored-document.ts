/** What a file can be made of and kept. */
export const STORED_DOCUMENT_TYPES = ["invoice", "credit_note", "packing_slip", "statement"] as const
export type StoredDocumentType = (typeof STORED_DOCUMENT_TYPES)[number]
/** Those with tax, which are sent in formats other than PDF as well. */
export type TaxedDocumentType = Extract<StoredDocumentType, "invoice" | "credit_note">

export const DOCUMENT_FORMATS = ["pdf", "ubl", "factur_x"] as const
export type DocumentFormat = (typeof DOCUMENT_FORMATS)[number]
