import { DOMParser, type Element } from "@xmldom/xmldom"

const NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:CreditNote-2"

/**
 * What a credit note of UBL 2.1 and its lines take, in this order: `!` at least once, `*` more than once. Written
 * down from the OASIS standard, since no package has its schema.
 */
const SEQUENCES: Readonly<Record<string, RegExp>> = {
  CreditNote: sequence(`
    ext:UBLExtensions cbc:UBLVersionID cbc:CustomizationID cbc:ProfileID cbc:ProfileExecutionID cbc:ID! cbc:CopyIndicator
    cbc:UUID cbc:IssueDate! cbc:IssueTime cbc:TaxPointDate cbc:CreditNoteTypeCode cbc:Note* cbc:DocumentCurrencyCode
    cbc:TaxCurrencyCode cbc:PricingCurrencyCode cbc:PaymentCurrencyCode cbc:PaymentAlternativeCurrencyCode
    cbc:AccountingCostCode cbc:AccountingCost cbc:LineCountNumeric cbc:BuyerReference cac:InvoicePeriod*
    cac:DiscrepancyResponse* cac:OrderReference cac:BillingReference* cac:DespatchDocumentReference*
    cac:ReceiptDocumentReference* cac:ContractDocumentReference* cac:AdditionalDocumentReference*
    cac:StatementDocumentReference* cac:OriginatorDocumentReference* cac:Signature* cac:AccountingSupplierParty!
    cac:AccountingCustomerParty! cac:PayeeParty cac:BuyerCustomerParty cac:SellerSupplierParty cac:TaxRepresentativeParty
    cac:Delivery* cac:DeliveryTerms* cac:PaymentMeans* cac:PaymentTerms* cac:TaxExchangeRate cac:PricingExchangeRate
    cac:PaymentExchangeRate cac:PaymentAlternativeExchangeRate cac:AllowanceCharge* cac:TaxTotal* cac:LegalMonetaryTotal!
    cac:CreditNoteLine!*`),
  "cac:CreditNoteLine": sequence(`
    cbc:ID! cbc:UUID cbc:Note* cbc:CreditedQuantity cbc:LineExtensionAmount cbc:TaxPointDate cbc:AccountingCostCode
    cbc:AccountingCost cbc:PaymentPurposeCode cbc:FreeOfChargeIndicator cac:InvoicePeriod* cac:OrderLineReference*
    cac:DiscrepancyResponse* cac:DespatchLineReference* cac:ReceiptLineReference* cac:BillingReference*
    cac:DocumentReference* cac:PricingReference cac:OriginatorParty cac:Delivery* cac:PaymentTerms* cac:TaxTotal*
    cac:AllowanceCharge* cac:Item cac:Price cac:DeliveryTerms* cac:SubCreditNoteLine* cac:ItemPriceExtension`),
}

/** Where a credit note or a line of it has an element too many, one too few, or one out of order. */
export function sequenceErrors(xml: string): string[] {
  const root = new DOMParser().parseFromString(xml, "text/xml").documentElement
  if (root?.namespaceURI !== NAMESPACE) {
    return [`The document is of ${root?.namespaceURI}.`]
  }
  return [root, ...childrenOf(root)].flatMap((element) => {
    const names = childrenOf(element).map(({ tagName }) => tagName)
    const taken = SEQUENCES[element.tagName]?.test(names.map((name) => `${name} `).join("")) ?? true
    return taken ? [] : [`${element.tagName} does not take ${names.join(", ")}.`]
  })
}

function sequence(list: string): RegExp {
  const parts = list.trim().split(/\s+/).map((entry) => {
    const [name, least, many] = [entry.replace(/[!*]+$/, ""), entry.includes("!"), entry.includes("*")]
    return `(?:${name} ){${least ? 1 : 0},${many ? "" : 1}}`
  })
  return new RegExp(`^${parts.join("")}$`)
}

const childrenOf = (element: Element): Element[] =>
  Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
