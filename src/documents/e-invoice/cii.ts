import type { CalendarDay } from "../model/document"
import { xmlDocument, type XmlElement } from "../xml"
import type {
  CreditTransfer, SemanticAddress, SemanticCharge, SemanticInvoice, SemanticLine, SemanticParty, SemanticTax, SemanticTotals,
  TaxBreakdown,
} from "./semantic-invoice"

const SPECIFICATION = "urn:cen.eu:en16931:2017"
const DATA = "urn:un:unece:uncefact:data:standard"
/** UNTDID 2379: a date as `CCYYMMDD`. */
const DATE_FORMAT = "102"

/**
 * An EN 16931 invoice or credit note as Cross Industry Invoice, after the binding CEN/TS 16931-3-3, as
 * Factur-X 1.07 and ZUGFeRD 2.3 embed it in the profile EN 16931.
 */
export const writeCii = (invoice: SemanticInvoice): string =>
  xmlDocument({
    "rsm:CrossIndustryInvoice": {
      "@xmlns:rsm": `${DATA}:CrossIndustryInvoice:100`,
      "@xmlns:qdt": `${DATA}:QualifiedDataType:100`,
      "@xmlns:ram": `${DATA}:ReusableAggregateBusinessInformationEntity:100`,
      "@xmlns:udt": `${DATA}:UnqualifiedDataType:100`,
      "rsm:ExchangedDocumentContext": {
        "ram:GuidelineSpecifiedDocumentContextParameter": { "ram:ID": SPECIFICATION },
      },
      "rsm:ExchangedDocument": {
        "ram:ID": invoice.number,
        "ram:TypeCode": invoice.type_code,
        "ram:IssueDateTime": { "udt:DateTimeString": date(invoice.issued_on) },
        "ram:IncludedNote": invoice.note ? { "ram:Content": invoice.note } : undefined,
      },
      "rsm:SupplyChainTradeTransaction": {
        "ram:IncludedSupplyChainTradeLineItem": invoice.lines.map(tradeLine),
        "ram:ApplicableHeaderTradeAgreement": agreement(invoice),
        "ram:ApplicableHeaderTradeDelivery": delivery(invoice),
        "ram:ApplicableHeaderTradeSettlement": settlement(invoice),
      },
    },
  })

const given = (value: string | null): string | undefined => value ?? undefined
const date = (day: CalendarDay): XmlElement => ({ "@format": DATE_FORMAT, "#": day.replaceAll("-", "") })
const measured = (value: string, unit: string): XmlElement => ({ "@unitCode": unit, "#": value })

const tradeLine = (line: SemanticLine): XmlElement => ({
  "ram:AssociatedDocumentLineDocument": {
    "ram:LineID": line.id,
    "ram:IncludedNote": line.note ? { "ram:Content": line.note } : undefined,
  },
  "ram:SpecifiedTradeProduct": {
    "ram:SellerAssignedID": given(line.seller_item_id),
    "ram:Name": line.name,
    "ram:Description": given(line.description),
  },
  "ram:SpecifiedLineTradeAgreement": {
    "ram:NetPriceProductTradePrice": {
      "ram:ChargeAmount": line.price,
      "ram:BasisQuantity": measured(line.price_quantity, line.unit),
    },
  },
  "ram:SpecifiedLineTradeDelivery": { "ram:BilledQuantity": measured(line.quantity, line.unit) },
  "ram:SpecifiedLineTradeSettlement": {
    "ram:ApplicableTradeTax": tradeTax(line.tax),
    "ram:SpecifiedTradeSettlementLineMonetarySummation": { "ram:LineTotalAmount": line.net },
  },
})

const tradeTax = ({ category, rate }: SemanticTax): XmlElement => ({
  "ram:TypeCode": "VAT",
  "ram:CategoryCode": category,
  "ram:RateApplicablePercent": given(rate),
})

const agreement = (invoice: SemanticInvoice): XmlElement => ({
  "ram:BuyerReference": given(invoice.buyer_reference),
  "ram:SellerTradeParty": party(invoice.seller),
  "ram:BuyerTradeParty": party(invoice.buyer),
  "ram:SellerOrderReferencedDocument": referenced(invoice.sales_order),
  "ram:BuyerOrderReferencedDocument": referenced(invoice.purchase_order),
})

const referenced = (number: string | null): XmlElement | undefined =>
  number ? { "ram:IssuerAssignedID": number } : undefined

function party({ contact, electronic_address, address: at, ...it }: SemanticParty): XmlElement {
  const registered = (id: string | null, scheme: string): XmlElement[] =>
    id ? [{ "ram:ID": { "@schemeID": scheme, "#": id } }] : []
  return {
    "ram:ID": given(it.identifier),
    "ram:Name": it.name,
    "ram:SpecifiedLegalOrganization":
      it.registration || it.trading_name
        ? { "ram:ID": given(it.registration), "ram:TradingBusinessName": given(it.trading_name) }
        : undefined,
    "ram:DefinedTradeContact": contact
      ? {
          "ram:PersonName": given(contact.name),
          "ram:TelephoneUniversalCommunication": contact.phone ? { "ram:CompleteNumber": contact.phone } : undefined,
          "ram:EmailURIUniversalCommunication": contact.email ? { "ram:URIID": contact.email } : undefined,
        }
      : undefined,
    "ram:PostalTradeAddress": address(at),
    "ram:URIUniversalCommunication": electronic_address
      ? { "ram:URIID": { "@schemeID": electronic_address.scheme, "#": electronic_address.value } }
      : undefined,
    "ram:SpecifiedTaxRegistration": [...registered(it.vat_id, "VA"), ...registered(it.tax_registration, "FC")],
  }
}

function address({ lines: [first, second, third], ...it }: SemanticAddress): XmlElement {
  return {
    "ram:PostcodeCode": given(it.postal_code),
    "ram:LineOne": first,
    "ram:LineTwo": second,
    "ram:LineThree": third,
    "ram:CityName": given(it.city),
    "ram:CountryID": it.country,
    "ram:CountrySubDivisionName": given(it.subdivision),
  }
}

const delivery = ({ delivery: made }: SemanticInvoice): XmlElement =>
  made
    ? {
        "ram:ShipToTradeParty": { "ram:Name": given(made.name), "ram:PostalTradeAddress": address(made.address) },
        "ram:ActualDeliverySupplyChainEvent": made.delivered_on
          ? { "ram:OccurrenceDateTime": { "udt:DateTimeString": date(made.delivered_on) } }
          : undefined,
      }
    : {}

const settlement = (invoice: SemanticInvoice): XmlElement => ({
  "ram:PaymentReference": invoice.credit_transfers.length > 0 ? invoice.number : undefined,
  "ram:InvoiceCurrencyCode": invoice.currency,
  "ram:SpecifiedTradeSettlementPaymentMeans": invoice.credit_transfers.map(paymentMeans),
  "ram:ApplicableTradeTax": invoice.tax_breakdown.map(breakdownRow),
  "ram:SpecifiedTradeAllowanceCharge": invoice.charges.map(allowanceCharge),
  "ram:SpecifiedTradePaymentTerms":
    invoice.payment_terms || invoice.due_on
      ? {
          "ram:Description": given(invoice.payment_terms),
          "ram:DueDateDateTime": invoice.due_on ? { "udt:DateTimeString": date(invoice.due_on) } : undefined,
        }
      : undefined,
  "ram:SpecifiedTradeSettlementHeaderMonetarySummation": monetarySummation(invoice.totals, invoice.currency),
  "ram:InvoiceReferencedDocument": invoice.preceding
    ? {
        "ram:IssuerAssignedID": invoice.preceding.number,
        "ram:FormattedIssueDateTime": { "qdt:DateTimeString": date(invoice.preceding.issued_on) },
      }
    : undefined,
})

const paymentMeans = ({ means_code, account, is_iban, holder, bic }: CreditTransfer): XmlElement => ({
  "ram:TypeCode": means_code,
  "ram:PayeePartyCreditorFinancialAccount": {
    "ram:IBANID": is_iban ? account : undefined,
    "ram:AccountName": given(holder),
    "ram:ProprietaryID": is_iban ? undefined : account,
  },
  "ram:PayeeSpecifiedCreditorFinancialInstitution": bic ? { "ram:BICID": bic } : undefined,
})

const breakdownRow = (row: TaxBreakdown): XmlElement => ({
  "ram:CalculatedAmount": row.tax,
  "ram:TypeCode": "VAT",
  "ram:ExemptionReason": given(row.exemption_reason),
  "ram:BasisAmount": row.taxable,
  "ram:CategoryCode": row.category,
  "ram:ExemptionReasonCode": given(row.exemption_code),
  "ram:RateApplicablePercent": given(row.rate),
})

const allowanceCharge = ({ adds, amount, reason, reason_code, tax }: SemanticCharge): XmlElement => ({
  "ram:ChargeIndicator": { "udt:Indicator": String(adds) },
  "ram:ActualAmount": amount,
  "ram:ReasonCode": given(reason_code),
  "ram:Reason": reason,
  "ram:CategoryTradeTax": tradeTax(tax),
})

const monetarySummation = (totals: SemanticTotals, currency: string): XmlElement => ({
  "ram:LineTotalAmount": totals.lines,
  "ram:ChargeTotalAmount": totals.charges,
  "ram:AllowanceTotalAmount": totals.allowances,
  "ram:TaxBasisTotalAmount": totals.net,
  "ram:TaxTotalAmount": { "@currencyID": currency, "#": totals.tax },
  "ram:GrandTotalAmount": totals.gross,
  "ram:TotalPrepaidAmount": totals.prepaid,
  "ram:DuePayableAmount": totals.payable,
})
