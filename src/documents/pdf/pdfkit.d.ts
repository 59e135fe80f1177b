/** What pdfkit 0.20 takes and its types do not know yet. */
declare namespace PDFKit.Mixins {
  interface PDFFont {
    /** A font that is parsed already. */
    registerFont(name: string, font: import("fontkit").Font): this
  }
  interface PDFAttachmentOptions {
    /** Entry AFRelationship of PDF/A-3. */
    relationship?: string
  }
}
