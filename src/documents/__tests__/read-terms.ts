import { DOMParser, type Element } from "@xmldom/xmldom"

/** Business terms of EN 16931 with what a document says under them. */
export type Terms = Readonly<Record<string, readonly string[]>>

/** A document by its business terms: its own, and those of its repeated groups. */
export interface ReadInvoice {
  readonly terms: Terms
  readonly breakdown: readonly Terms[]
  readonly charges: readonly Terms[]
  readonly transfers: readonly Terms[]
  readonly lines: readonly Terms[]
}

type Paths = Readonly<Record<string, string>>
interface Binding {
  readonly terms: Paths
  readonly breakdown: readonly [string, Paths]
  readonly charges: readonly [string, Paths]
  readonly transfers: readonly [string, Paths]
  readonly lines: readonly [string, Paths]
}

const UBL_SELLER = "cac:AccountingSupplierParty/cac:Party"
const UBL_BUYER = "cac:AccountingCustomerParty/cac:Party"
const ublAddress = (at: string, terms: readonly string[]): Paths =>
  paths(terms, at, [
    "cbc:StreetName", "cbc:AdditionalStreetName", "cac:AddressLine/cbc:Line", "cbc:CityName", "cbc:PostalZone",
    "cbc:CountrySubentity", "cac:Country/cbc:IdentificationCode",
  ])
const paths = (terms: readonly string[], at: string, ends: readonly string[]): Paths =>
  Object.fromEntries(terms.map((term, index) => [term, `${at}/${ends[index]}`]))

const SELLER_ADDRESS = ["BT-35", "BT-36", "BT-162", "BT-37", "BT-38", "BT-39", "BT-40"]
const BUYER_ADDRESS = ["BT-50", "BT-51", "BT-163", "BT-52", "BT-53", "BT-54", "BT-55"]
const DELIVERY_ADDRESS = ["BT-75", "BT-76", "BT-165", "BT-77", "BT-78", "BT-79", "BT-80"]

/** After CEN/TS 16931-3-2; `Kind` stands for the names in which a credit note differs. */
const ubl = (credit: boolean): Binding => ({
  terms: {
    "BT-1": "cbc:ID",
    "BT-2": "cbc:IssueDate",
    "BT-3": credit ? "cbc:CreditNoteTypeCode" : "cbc:InvoiceTypeCode",
    "BT-5": "cbc:DocumentCurrencyCode",
    "BT-9": "cbc:DueDate",
    "BT-10": "cbc:BuyerReference",
    "BT-13": "cac:OrderReference/cbc:ID[.!=NA]",
    "BT-14": "cac:OrderReference/cbc:SalesOrderID",
    "BT-20": "cac:PaymentTerms/cbc:Note",
    "BT-22": "cbc:Note",
    "BT-24": "cbc:CustomizationID",
    "BT-25": "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID",
    "BT-26": "cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate",
    "BT-27": `${UBL_SELLER}/cac:PartyLegalEntity/cbc:RegistrationName`,
    "BT-28": `${UBL_SELLER}/cac:PartyName/cbc:Name`,
    "BT-30": `${UBL_SELLER}/cac:PartyLegalEntity/cbc:CompanyID`,
    "BT-31": `${UBL_SELLER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID=VAT]/cbc:CompanyID`,
    "BT-32": `${UBL_SELLER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID=TAX]/cbc:CompanyID`,
    "BT-34": `${UBL_SELLER}/cbc:EndpointID`,
    "BT-34-1": `${UBL_SELLER}/cbc:EndpointID/@schemeID`,
    ...ublAddress(`${UBL_SELLER}/cac:PostalAddress`, SELLER_ADDRESS),
    "BT-41": `${UBL_SELLER}/cac:Contact/cbc:Name`,
    "BT-42": `${UBL_SELLER}/cac:Contact/cbc:Telephone`,
    "BT-43": `${UBL_SELLER}/cac:Contact/cbc:ElectronicMail`,
    "BT-44": `${UBL_BUYER}/cac:PartyLegalEntity/cbc:RegistrationName`,
    "BT-45": `${UBL_BUYER}/cac:PartyName/cbc:Name`,
    "BT-46": `${UBL_BUYER}/cac:PartyIdentification/cbc:ID`,
    "BT-47": `${UBL_BUYER}/cac:PartyLegalEntity/cbc:CompanyID`,
    "BT-48": `${UBL_BUYER}/cac:PartyTaxScheme[cac:TaxScheme/cbc:ID=VAT]/cbc:CompanyID`,
    "BT-49": `${UBL_BUYER}/cbc:EndpointID`,
    "BT-49-1": `${UBL_BUYER}/cbc:EndpointID/@schemeID`,
    ...ublAddress(`${UBL_BUYER}/cac:PostalAddress`, BUYER_ADDRESS),
    "BT-70": "cac:Delivery/cac:DeliveryParty/cac:PartyName/cbc:Name",
    "BT-72": "cac:Delivery/cbc:ActualDeliveryDate",
    ...ublAddress("cac:Delivery/cac:DeliveryLocation/cac:Address", DELIVERY_ADDRESS),
    "BT-106": "cac:LegalMonetaryTotal/cbc:LineExtensionAmount",
    "BT-107": "cac:LegalMonetaryTotal/cbc:AllowanceTotalAmount",
    "BT-108": "cac:LegalMonetaryTotal/cbc:ChargeTotalAmount",
    "BT-109": "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
    "BT-110": "cac:TaxTotal/cbc:TaxAmount",
    "BT-112": "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount",
    "BT-113": "cac:LegalMonetaryTotal/cbc:PrepaidAmount",
    "BT-115": "cac:LegalMonetaryTotal/cbc:PayableAmount",
  },
  transfers: [
    "cac:PaymentMeans",
    {
      "BT-81": "cbc:PaymentMeansCode",
      "BT-83": "cbc:PaymentID",
      "BT-84": "cac:PayeeFinancialAccount/cbc:ID",
      "BT-85": "cac:PayeeFinancialAccount/cbc:Name",
      "BT-86": "cac:PayeeFinancialAccount/cac:FinancialInstitutionBranch/cbc:ID",
    },
  ],
  charges: [
    "cac:AllowanceCharge",
    {
      adds: "cbc:ChargeIndicator",
      amount: "cbc:Amount",
      category: "cac:TaxCategory/cbc:ID",
      rate: "cac:TaxCategory/cbc:Percent",
      reason: "cbc:AllowanceChargeReason",
      code: "cbc:AllowanceChargeReasonCode",
    },
  ],
  breakdown: [
    "cac:TaxTotal/cac:TaxSubtotal",
    {
      "BT-116": "cbc:TaxableAmount",
      "BT-117": "cbc:TaxAmount",
      "BT-118": "cac:TaxCategory/cbc:ID",
      "BT-119": "cac:TaxCategory/cbc:Percent",
      "BT-120": "cac:TaxCategory/cbc:TaxExemptionReason",
      "BT-121": "cac:TaxCategory/cbc:TaxExemptionReasonCode",
    },
  ],
  lines: [
    credit ? "cac:CreditNoteLine" : "cac:InvoiceLine",
    {
      "BT-126": "cbc:ID",
      "BT-127": "cbc:Note",
      "BT-129": credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity",
      "BT-130": `${credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity"}/@unitCode`,
      "BT-131": "cbc:LineExtensionAmount",
      "BT-146": "cac:Price/cbc:PriceAmount",
      "BT-149": "cac:Price/cbc:BaseQuantity",
      "BT-151": "cac:Item/cac:ClassifiedTaxCategory/cbc:ID",
      "BT-152": "cac:Item/cac:ClassifiedTaxCategory/cbc:Percent",
      "BT-153": "cac:Item/cbc:Name",
      "BT-154": "cac:Item/cbc:Description",
      "BT-155": "cac:Item/cac:SellersItemIdentification/cbc:ID",
    },
  ],
})

const TRADE = "rsm:SupplyChainTradeTransaction"
const AGREED = `${TRADE}/ram:ApplicableHeaderTradeAgreement`
const CII_SELLER = `${AGREED}/ram:SellerTradeParty`
const CII_BUYER = `${AGREED}/ram:BuyerTradeParty`
const DELIVERED = `${TRADE}/ram:ApplicableHeaderTradeDelivery`
const SETTLED = `${TRADE}/ram:ApplicableHeaderTradeSettlement`
const SUMS = `${SETTLED}/ram:SpecifiedTradeSettlementHeaderMonetarySummation`
const ciiAddress = (at: string, terms: readonly string[]): Paths =>
  paths(terms, `${at}/ram:PostalTradeAddress`, [
    "ram:LineOne", "ram:LineTwo", "ram:LineThree", "ram:CityName", "ram:PostcodeCode", "ram:CountrySubDivisionName", "ram:CountryID",
  ])
const registration = (at: string, scheme: string) => `${at}/ram:SpecifiedTaxRegistration/ram:ID[@schemeID=${scheme}]`

/** After CEN/TS 16931-3-3. */
const CII: Binding = {
  terms: {
    "BT-1": "rsm:ExchangedDocument/ram:ID",
    "BT-2": "rsm:ExchangedDocument/ram:IssueDateTime/udt:DateTimeString",
    "BT-3": "rsm:ExchangedDocument/ram:TypeCode",
    "BT-5": `${SETTLED}/ram:InvoiceCurrencyCode`,
    "BT-9": `${SETTLED}/ram:SpecifiedTradePaymentTerms/ram:DueDateDateTime/udt:DateTimeString`,
    "BT-10": `${AGREED}/ram:BuyerReference`,
    "BT-13": `${AGREED}/ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID`,
    "BT-14": `${AGREED}/ram:SellerOrderReferencedDocument/ram:IssuerAssignedID`,
    "BT-20": `${SETTLED}/ram:SpecifiedTradePaymentTerms/ram:Description`,
    "BT-22": "rsm:ExchangedDocument/ram:IncludedNote/ram:Content",
    "BT-24": "rsm:ExchangedDocumentContext/ram:GuidelineSpecifiedDocumentContextParameter/ram:ID",
    "BT-25": `${SETTLED}/ram:InvoiceReferencedDocument/ram:IssuerAssignedID`,
    "BT-26": `${SETTLED}/ram:InvoiceReferencedDocument/ram:FormattedIssueDateTime/qdt:DateTimeString`,
    "BT-27": `${CII_SELLER}/ram:Name`,
    "BT-28": `${CII_SELLER}/ram:SpecifiedLegalOrganization/ram:TradingBusinessName`,
    "BT-30": `${CII_SELLER}/ram:SpecifiedLegalOrganization/ram:ID`,
    "BT-31": registration(CII_SELLER, "VA"),
    "BT-32": registration(CII_SELLER, "FC"),
    "BT-34": `${CII_SELLER}/ram:URIUniversalCommunication/ram:URIID`,
    "BT-34-1": `${CII_SELLER}/ram:URIUniversalCommunication/ram:URIID/@schemeID`,
    ...ciiAddress(CII_SELLER, SELLER_ADDRESS),
    "BT-41": `${CII_SELLER}/ram:DefinedTradeContact/ram:PersonName`,
    "BT-42": `${CII_SELLER}/ram:DefinedTradeContact/ram:TelephoneUniversalCommunication/ram:CompleteNumber`,
    "BT-43": `${CII_SELLER}/ram:DefinedTradeContact/ram:EmailURIUniversalCommunication/ram:URIID`,
    "BT-44": `${CII_BUYER}/ram:Name`,
    "BT-45": `${CII_BUYER}/ram:SpecifiedLegalOrganization/ram:TradingBusinessName`,
    "BT-46": `${CII_BUYER}/ram:ID`,
    "BT-47": `${CII_BUYER}/ram:SpecifiedLegalOrganization/ram:ID`,
    "BT-48": registration(CII_BUYER, "VA"),
    "BT-49": `${CII_BUYER}/ram:URIUniversalCommunication/ram:URIID`,
    "BT-49-1": `${CII_BUYER}/ram:URIUniversalCommunication/ram:URIID/@schemeID`,
    ...ciiAddress(CII_BUYER, BUYER_ADDRESS),
    "BT-70": `${DELIVERED}/ram:ShipToTradeParty/ram:Name`,
    "BT-72": `${DELIVERED}/ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime/udt:DateTimeString`,
    ...ciiAddress(`${DELIVERED}/ram:ShipToTradeParty`, DELIVERY_ADDRESS),
    "BT-106": `${SUMS}/ram:LineTotalAmount`,
    "BT-107": `${SUMS}/ram:AllowanceTotalAmount`,
    "BT-108": `${SUMS}/ram:ChargeTotalAmount`,
    "BT-109": `${SUMS}/ram:TaxBasisTotalAmount`,
    "BT-110": `${SUMS}/ram:TaxTotalAmount`,
    "BT-112": `${SUMS}/ram:GrandTotalAmount`,
    "BT-113": `${SUMS}/ram:TotalPrepaidAmount`,
    "BT-115": `${SUMS}/ram:DuePayableAmount`,
  },
  transfers: [
    `${SETTLED}/ram:SpecifiedTradeSettlementPaymentMeans`,
    {
      "BT-81": "ram:TypeCode",
      "BT-83": "../ram:PaymentReference",
      "BT-84": "ram:PayeePartyCreditorFinancialAccount/*[.~^(ram:IBANID|ram:ProprietaryID)$]",
      "BT-85": "ram:PayeePartyCreditorFinancialAccount/ram:AccountName",
      "BT-86": "ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID",
    },
  ],
  charges: [
    `${SETTLED}/ram:SpecifiedTradeAllowanceCharge`,
    {
      adds: "ram:ChargeIndicator/udt:Indicator",
      amount: "ram:ActualAmount",
      category: "ram:CategoryTradeTax/ram:CategoryCode",
      rate: "ram:CategoryTradeTax/ram:RateApplicablePercent",
      reason: "ram:Reason",
      code: "ram:ReasonCode",
    },
  ],
  breakdown: [
    `${SETTLED}/ram:ApplicableTradeTax`,
    {
      "BT-116": "ram:BasisAmount",
      "BT-117": "ram:CalculatedAmount",
      "BT-118": "ram:CategoryCode",
      "BT-119": "ram:RateApplicablePercent",
      "BT-120": "ram:ExemptionReason",
      "BT-121": "ram:ExemptionReasonCode",
    },
  ],
  lines: [
    `${TRADE}/ram:IncludedSupplyChainTradeLineItem`,
    {
      "BT-126": "ram:AssociatedDocumentLineDocument/ram:LineID",
      "BT-127": "ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content",
      "BT-129": "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity",
      "BT-130": "ram:SpecifiedLineTradeDelivery/ram:BilledQuantity/@unitCode",
      "BT-131": "ram:SpecifiedLineTradeSettlement/ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount",
      "BT-146": "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:ChargeAmount",
      "BT-149": "ram:SpecifiedLineTradeAgreement/ram:NetPriceProductTradePrice/ram:BasisQuantity",
      "BT-151": "ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:CategoryCode",
      "BT-152": "ram:SpecifiedLineTradeSettlement/ram:ApplicableTradeTax/ram:RateApplicablePercent",
      "BT-153": "ram:SpecifiedTradeProduct/ram:Name",
      "BT-154": "ram:SpecifiedTradeProduct/ram:Description",
      "BT-155": "ram:SpecifiedTradeProduct/ram:SellerAssignedID",
    },
  ],
}

/** Reads a UBL or CII document by its business terms, knowing nothing of what wrote it. */
export function readTerms(xml: string): ReadInvoice {
  const root = new DOMParser().parseFromString(xml, "text/xml").documentElement
  if (!root) {
    throw new Error("Nothing to read.")
  }
  const binding = root.tagName === "rsm:CrossIndustryInvoice" ? CII : ubl(root.tagName === "CreditNote")
  const groups = ([path, terms]: readonly [string, Paths]) => select(root, path).map((at) => termsOf(at, terms))
  return {
    terms: termsOf(root, binding.terms),
    breakdown: groups(binding.breakdown),
    charges: groups(binding.charges),
    transfers: groups(binding.transfers),
    lines: groups(binding.lines),
  }
}

function termsOf(root: Element, terms: Paths): Terms {
  const found = Object.entries(terms).map(([term, path]) => [term, textsAt(root, path)] as const)
  return Object.fromEntries(found.filter(([, texts]) => texts.length > 0))
}

function textsAt(root: Element, path: string): string[] {
  const [, elements, attribute] = /^(.*?)(?:\/@(\w+))?$/.exec(path) ?? []
  return select(root, elements).map((element) =>
    attribute ? (element.getAttribute(attribute) ?? "") : isoDay(element, element.textContent ?? "")
  )
}

const isoDay = (element: Element, text: string): string =>
  element.getAttribute("format") === "102" ? text.replace(/^(\d{4})(\d\d)(\d\d)$/, "$1-$2-$3") : text

/** Child paths with the conditions that the bindings need: `[@a=b]`, `[child=text]`, `[.!=text]`, `*[.~pattern of the name]`, `..`. */
function select(root: Element, path: string): Element[] {
  const steps = path.match(/(?:[^/[]|\[[^\]]*\])+/g) ?? []
  return steps.reduce<Element[]>((found, step) => found.flatMap((element) => stepFrom(element, step)), [root])
}

function stepFrom(element: Element, step: string): Element[] {
  const [, name, condition] = /^([^[]+)(?:\[(.*)\])?$/.exec(step) ?? []
  if (name === "..") {
    return element.parentElement ? [element.parentElement] : []
  }
  const children = Array.from(element.childNodes).filter((node): node is Element => node.nodeType === node.ELEMENT_NODE)
  const named = name === "*" ? children : children.filter(({ tagName }) => tagName === name)
  return condition ? named.filter((child) => holds(child, condition)) : named
}

function holds(element: Element, condition: string): boolean {
  const [, left, operator, right] = /^(.+?)(!=|~|=)(.*)$/.exec(condition) ?? []
  if (operator === "~") {
    return new RegExp(right).test(element.tagName)
  }
  if (operator === "!=") {
    return element.textContent !== right
  }
  return left.startsWith("@")
    ? element.getAttribute(left.slice(1)) === right
    : select(element, left).some(({ textContent }) => textContent === right)
}
