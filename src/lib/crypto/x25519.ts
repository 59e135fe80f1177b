import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync, type KeyObject } from "node:crypto"

const KEY_BYTES = 32

/** Raw 32-byte keys of X25519 (RFC 7748). */
export interface X25519KeyPair {
  readonly public_key: Buffer
  readonly private_key: Buffer
}

/** A new key pair from the system's random source. */
export function generateX25519(): X25519KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("x25519")
  return { public_key: rawPublic(publicKey), private_key: rawPrivate(privateKey) }
}

/** The public key of a private one. */
export function x25519PublicKey(privateKey: Uint8Array): Buffer {
  return rawPublic(createPublicKey(privateKeyObject(privateKey)))
}

/**
 * The 32-byte shared secret of a private and a public key.
 *
 * @throws Error for a public key of low order, whose secret would be all zeros and known to everybody
 */
export function x25519(privateKey: Uint8Array, publicKey: Uint8Array): Buffer {
  const shared = x25519OrNone(privateKey, publicKey)
  if (!shared) {
    throw new Error("An X25519 public key of low order has no secret.")
  }
  return shared
}

/**
 * As `x25519`, but undefined for a public key of low order.
 *
 * @throws whatever else it fails with
 */
export function x25519OrNone(privateKey: Uint8Array, publicKey: Uint8Array): Buffer | undefined {
  assertLength("public key", publicKey)
  const keys = { privateKey: privateKeyObject(privateKey), publicKey: publicKeyObject(publicKey) }
  try {
    return diffieHellman(keys)
  } catch (error) {
    // Told by the key: what is thrown for one differs between versions of OpenSSL.
    if (isLowOrder(publicKey)) {
      return undefined
    }
    throw error
  }
}

/** The highest bit of a public key does not count (RFC 7748, section 5). */
function isLowOrder(publicKey: Uint8Array): boolean {
  const key = Buffer.from(publicKey)
  key[KEY_BYTES - 1] &= 0x7f
  return LOW_ORDER.has(key.toString("hex"))
}

function privateKeyObject(privateKey: Uint8Array): KeyObject {
  assertLength("private key", privateKey)
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, privateKey]), format: "der", type: "pkcs8" })
}

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: "der", type: "spki" })
}

const rawPublic = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(-KEY_BYTES)
const rawPrivate = (key: KeyObject): Buffer => key.export({ format: "der", type: "pkcs8" }).subarray(-KEY_BYTES)

function assertLength(what: string, key: Uint8Array): void {
  if (key.length !== KEY_BYTES) {
    throw new RangeError(`An X25519 ${what} has ${KEY_BYTES} bytes, this one ${key.length}.`)
  }
}

/** Points of low order on the curve and its twist in all their encodings (draft-irtf-cfrg-cpace-21, appendix B.1). */
const LOW_ORDER: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
  "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
])

/** What DER (RFC 8410) has before the 32 bytes of a key: OID 1.3.101.110. */
const PKCS8_HEAD = Buffer.from("302e020100300506032b656e04220420", "hex")
const SPKI_HEAD = Buffer.from("302a300506032b656e032100", "hex")
