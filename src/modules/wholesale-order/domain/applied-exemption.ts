/** The certificate by which no tax is charged, as documents name it. */
export interface AppliedExemption {
  /** UNTDID 5305, `"E"`; stands as the tax code on the document. */
  readonly category: string
  readonly certificate_number: string
  readonly reason: string
}
