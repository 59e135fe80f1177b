import { WholesaleError } from "../../lib/errors/wholesale-error"

const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]
const JPEG = [0xff, 0xd8, 0xff]

/** Frames of a JPEG that give its components: SOF0 to SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/**
 * The bytes of a logo that a PDF/A can hold.
 *
 * @throws WholesaleError 422 `unusable_logo` where it is neither PNG nor JPEG, or a JPEG in CMYK
 */
export function checkedLogo(bytes: Uint8Array | null): Uint8Array | null {
  if (!bytes || startsWith(bytes, PNG)) {
    return bytes
  }
  if (!startsWith(bytes, JPEG)) {
    throw unusable("is neither PNG nor JPEG")
  }
  if (jpegComponents(bytes) === 4) {
    throw unusable("is a JPEG in CMYK, whose colours no screen knows; save it in RGB")
  }
  return bytes
}

function jpegComponents(bytes: Uint8Array): number {
  let at = 2
  while (at + 9 < bytes.length && bytes[at] === 0xff) {
    const marker = bytes[at + 1]
    if (isFrame(marker)) {
      return bytes[at + 9]
    }
    at += 2 + bytes[at + 2] * 256 + bytes[at + 3]
  }
  throw unusable("is a JPEG that ends before its picture begins")
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, index) => bytes[index] === byte)

const unusable = (why: string): WholesaleError =>
  new WholesaleError(422, "unusable_logo", `The store's logo ${why}. Upload another, or take it off the documents.`, {
    field: "branding.logo",
  })
