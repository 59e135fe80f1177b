import { inflateSync } from "node:zlib"

import { WholesaleError } from "../../lib/errors/wholesale-error"

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const JPEG = Buffer.from([0xff, 0xd8, 0xff])

/** A logo is a few centimetres wide: beyond this it only costs memory. */
const MAX_PIXELS = 16_000_000

/** Channels of a pixel by the colour type of a PNG. */
const CHANNELS: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** Frames of a JPEG that give its components: SOF0 to SOF15 without DHT, JPG and DAC. */
const isFrame = (marker: number): boolean => marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)

/**
 * The bytes of a logo that a PDF/A can hold, read through once: what draws it must not come upon damage
 * when half of the document is out.
 *
 * @throws WholesaleError 422 `unusable_logo` where it is neither PNG nor JPEG, damaged, of more than 16
 * million pixels, or a JPEG in CMYK
 */
export function checkedLogo(bytes: Uint8Array | null): Uint8Array | null {
  if (!bytes) {
    return null
  }
  const file = Buffer.from(bytes)
  if (file.subarray(0, PNG.length).equals(PNG)) {
    checkPng(file)
  } else if (file.subarray(0, JPEG.length).equals(JPEG)) {
    checkJpeg(file)
  } else {
    throw unusable("is neither PNG nor JPEG")
  }
  return bytes
}

function checkPng(file: Buffer): void {
  const { header, pixels } = pngChunks(file)
  if (header.length < 13 || !CHANNELS[header[9]]) {
    throw unusable("is damaged")
  }
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  checkSize(width, height)
  const row = Math.ceil((width * CHANNELS[header[9]] * header[8]) / 8)
  const interlaced = header[12] === 1
  if (inflated(pixels).length < (interlaced ? row * height : (row + 1) * height)) {
    throw unusable("is damaged")
  }
}

function pngChunks(file: Buffer): { header: Buffer; pixels: Buffer } {
  const found = new Map<string, Buffer[]>()
  let at = PNG.length
  while (at + 12 <= file.length) {
    const end = at + 8 + file.readUInt32BE(at)
    if (end + 4 > file.length) {
      break
    }
    const name = file.toString("latin1", at + 4, at + 8)
    found.set(name, [...(found.get(name) ?? []), file.subarray(at + 8, end)])
    at = end + 4
  }
  if (!found.has("IEND")) {
    throw unusable("is damaged")
  }
  const all = (name: string) => Buffer.concat(found.get(name) ?? [])
  return { header: all("IHDR"), pixels: all("IDAT") }
}

/** Eight bytes a pixel at most, and one a row. */
function inflated(pixels: Buffer): Buffer {
  try {
    return inflateSync(pixels, { maxOutputLength: 9 * MAX_PIXELS })
  } catch {
    throw unusable("is damaged")
  }
}

function checkJpeg(file: Buffer): void {
  let at = 2
  while (at + 10 <= file.length && file[at] === 0xff) {
    if (isFrame(file[at + 1])) {
      checkSize(file.readUInt16BE(at + 7), file.readUInt16BE(at + 5))
      if (file[at + 9] === 4) {
        throw unusable("is a JPEG in CMYK, whose colours no screen knows; save it in RGB")
      }
      return
    }
    at += 2 + file.readUInt16BE(at + 2)
  }
  throw unusable("is a JPEG that ends before its picture begins")
}

function checkSize(width: number, height: number): void {
  if (width * height === 0 || width * height > MAX_PIXELS) {
    throw unusable(`has more than 16 million pixels, or none`)
  }
}

const unusable = (why: string): WholesaleError =>
  new WholesaleError(422, "unusable_logo", `The store's logo ${why}. Upload another, or take it off the documents.`, {
    field: "branding.logo",
  })
