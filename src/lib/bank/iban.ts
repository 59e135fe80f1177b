/** An account number as it is compared and kept: without spaces, in capital letters. */
export const plainAccountNumber = (written: string): string => written.replace(/\s/g, "").toUpperCase()

/** Whether a plain account number is written as an IBAN is, whatever its check digits. */
export const looksLikeIban = (account: string): boolean => /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(account)

/** An International Bank Account Number (ISO 13616) with the right check digits, in its plain form. */
export function isIban(account: string): boolean {
  if (!looksLikeIban(account)) {
    return false
  }
  const digits = [...(account.slice(4) + account.slice(0, 4))].map((letter) => Number.parseInt(letter, 36)).join("")
  return BigInt(digits) % 97n === 1n
}
