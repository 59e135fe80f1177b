import { xmlDocument, type XmlElement } from "../xml"
import type {
  CreditTransfer, SemanticAddress, SemanticCharge, SemanticDelivery, SemanticInvoice, SemanticLine, SemanticParty,
  SemanticTax, TaxBreakdown,
} from "./semantic-invoice"

const SPECIFICATION = "urn:cen.eu:en16931:2017"
const NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd"
/** Stands for an order that has no number of the buyer's, where the syntax wants one (UBL 2.1 `OrderReference/ID`). */
const NO_ORDER = "NA"

/** An EN 16931 invoice or credit note as UBL 2.1, after the binding CEN/TS 16931-3-2. */
export function writeUbl(invoice: SemanticInvoice): string {
  return invoice.type_code === "380" ? ublInvoice(invoice) : ublCreditNote(invoice)
}

const namespaces = (root: "Invoice" | "CreditNote") => ({
  "@xmlns": `${NAMESPACE}:${root}-2`,
  "@xmlns:cac": `${NAMESPACE}:CommonAggregateComponents-2`,
  "@xmlns:cbc": `${NAMESPACE}:CommonBasicComponents-2`,
})

const ublInvoice = (invoice: SemanticInvoice): string =>
  xmlDocument({
    Invoice: {
      ...namespaces("Invoice"),
      "cbc:CustomizationID": SPECIFICATION,
      "cbc:ID": invoice.number,
      "cbc:IssueDate": invoice.issued_on,
      "cbc:DueDate": given(invoice.due_on),
      "cbc:InvoiceTypeCode": invoice.type_code,
      ...common(invoice),
      "cac:InvoiceLine": invoice.lines.map((line) => documentLine(line, invoice.currency, "cbc:InvoicedQuantity")),
    },
  })

const ublCreditNote = (note: SemanticInvoice): string =>
  xmlDocument({
    CreditNote: {
      ...namespaces("CreditNote"),
      "cbc:CustomizationID": SPECIFICATION,
      "cbc:ID": note.number,
      "cbc:IssueDate": note.issued_on,
      "cbc:CreditNoteTypeCode": note.type_code,
      ...common(note),
      "cac:CreditNoteLine": note.lines.map((line) => documentLine(line, note.currency, "cbc:CreditedQuantity")),
    },
  })

/** What stands in both documents, in the order of both schemas. */
function common(invoice: SemanticInvoice): XmlElement {
  const { currency, totals, preceding } = invoice
  return {
    "cbc:Note": given(invoice.note),
    "cbc:DocumentCurrencyCode": currency,
    "cbc:BuyerReference": given(invoice.buyer_reference),
    "cac:OrderReference":
      invoice.purchase_order || invoice.sales_order
        ? { "cbc:ID": invoice.purchase_order ?? NO_ORDER, "cbc:SalesOrderID": given(invoice.sales_order) }
        : undefined,
    "cac:BillingReference": preceding
      ? { "cac:InvoiceDocumentReference": { "cbc:ID": preceding.number, "cbc:IssueDate": preceding.issued_on } }
      : undefined,
    "cac:AccountingSupplierParty": { "cac:Party": party(invoice.seller) },
    "cac:AccountingCustomerParty": { "cac:Party": party(invoice.buyer) },
    "cac:Delivery": invoice.delivery ? delivery(invoice.delivery) : undefined,
    "cac:PaymentMeans": invoice.credit_transfers.map((transfer) => paymentMeans(transfer, invoice.number)),
    "cac:PaymentTerms": invoice.payment_terms ? { "cbc:Note": invoice.payment_terms } : undefined,
    "cac:AllowanceCharge": invoice.charges.map((charge) => allowanceCharge(charge, currency)),
    "cac:TaxTotal": {
      "cbc:TaxAmount": amount(totals.tax, currency),
      "cac:TaxSubtotal": invoice.tax_breakdown.map((row) => taxSubtotal(row, currency)),
    },
    "cac:LegalMonetaryTotal": {
      "cbc:LineExtensionAmount": amount(totals.lines, currency),
      "cbc:TaxExclusiveAmount": amount(totals.net, currency),
      "cbc:TaxInclusiveAmount": amount(totals.gross, currency),
      "cbc:AllowanceTotalAmount": amount(totals.allowances, currency),
      "cbc:ChargeTotalAmount": amount(totals.charges, currency),
      "cbc:PrepaidAmount": amount(totals.prepaid, currency),
      "cbc:PayableAmount": amount(totals.payable, currency),
    },
  }
}

const given = (value: string | null): string | undefined => value ?? undefined
const amount = (value: string, currency: string): XmlElement => ({ "@currencyID": currency, "#": value })
const measured = (value: string, unit: string): XmlElement => ({ "@unitCode": unit, "#": value })

function party({ electronic_address, address: at, contact, ...it }: SemanticParty): XmlElement {
  const scheme = (id: string | null, name: string): XmlElement[] =>
    id ? [{ "cbc:CompanyID": id, "cac:TaxScheme": { "cbc:ID": name } }] : []
  return {
    "cbc:EndpointID": electronic_address
      ? { "@schemeID": electronic_address.scheme, "#": electronic_address.value }
      : undefined,
    "cac:PartyIdentification": it.identifier ? { "cbc:ID": it.identifier } : undefined,
    "cac:PartyName": it.trading_name ? { "cbc:Name": it.trading_name } : undefined,
    "cac:PostalAddress": address(at),
    "cac:PartyTaxScheme": [...scheme(it.vat_id, "VAT"), ...scheme(it.tax_registration, "TAX")],
    "cac:PartyLegalEntity": { "cbc:RegistrationName": it.name, "cbc:CompanyID": given(it.registration) },
    "cac:Contact": contact
      ? {
          "cbc:Name": given(contact.name),
          "cbc:Telephone": given(contact.phone),
          "cbc:ElectronicMail": given(contact.email),
        }
      : undefined,
  }
}

function address({ lines: [street, more, third], city, postal_code, subdivision, country }: SemanticAddress): XmlElement {
  return {
    "cbc:StreetName": street,
    "cbc:AdditionalStreetName": more,
    "cbc:CityName": given(city),
    "cbc:PostalZone": given(postal_code),
    "cbc:CountrySubentity": given(subdivision),
    "cac:AddressLine": third ? { "cbc:Line": third } : undefined,
    "cac:Country": { "cbc:IdentificationCode": country },
  }
}

const delivery = ({ name, delivered_on, address: at }: SemanticDelivery): XmlElement => ({
  "cbc:ActualDeliveryDate": given(delivered_on),
  "cac:DeliveryLocation": { "cac:Address": address(at) },
  "cac:DeliveryParty": name ? { "cac:PartyName": { "cbc:Name": name } } : undefined,
})

const paymentMeans = ({ means_code, account, holder, bic }: CreditTransfer, reference: string): XmlElement => ({
  "cbc:PaymentMeansCode": means_code,
  "cbc:PaymentID": reference,
  "cac:PayeeFinancialAccount": {
    "cbc:ID": account,
    "cbc:Name": given(holder),
    "cac:FinancialInstitutionBranch": bic ? { "cbc:ID": bic } : undefined,
  },
})

const allowanceCharge = (charge: SemanticCharge, currency: string): XmlElement => ({
  "cbc:ChargeIndicator": String(charge.adds),
  "cbc:AllowanceChargeReasonCode": given(charge.reason_code),
  "cbc:AllowanceChargeReason": charge.reason,
  "cbc:Amount": amount(charge.amount, currency),
  "cac:TaxCategory": taxCategory(charge.tax),
})

const taxSubtotal = (row: TaxBreakdown, currency: string): XmlElement => ({
  "cbc:TaxableAmount": amount(row.taxable, currency),
  "cbc:TaxAmount": amount(row.tax, currency),
  "cac:TaxCategory": taxCategory(row, {
    "cbc:TaxExemptionReasonCode": given(row.exemption_code),
    "cbc:TaxExemptionReason": given(row.exemption_reason),
  }),
})

const taxCategory = ({ category, rate }: SemanticTax, exemption: XmlElement = {}): XmlElement => ({
  "cbc:ID": category,
  "cbc:Percent": given(rate),
  ...exemption,
  "cac:TaxScheme": { "cbc:ID": "VAT" },
})

const documentLine = (line: SemanticLine, currency: string, quantityName: string): XmlElement => ({
  "cbc:ID": line.id,
  "cbc:Note": given(line.note),
  [quantityName]: measured(line.quantity, line.unit),
  "cbc:LineExtensionAmount": amount(line.net, currency),
  "cac:Item": {
    "cbc:Description": given(line.description),
    "cbc:Name": line.name,
    "cac:SellersItemIdentification": line.seller_item_id ? { "cbc:ID": line.seller_item_id } : undefined,
    "cac:ClassifiedTaxCategory": taxCategory(line.tax),
  },
  "cac:Price": {
    "cbc:PriceAmount": amount(line.price, currency),
    "cbc:BaseQuantity": measured(line.price_quantity, line.unit),
  },
})
