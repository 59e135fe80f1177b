import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from "node:crypto"

const KEY_BYTES = 32
const SIGNATURE_BYTES = 64

/** Raw keys of Ed25519 (RFC 8032): the public key, and the 32-byte seed of the private one. */
export interface Ed25519KeyPair {
  readonly public_key: Buffer
  readonly private_key: Buffer
}

/** A new key pair from the system's random source. */
export function generateEd25519(): Ed25519KeyPair {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  return { public_key: rawPublic(publicKey), private_key: rawPrivate(privateKey) }
}

/** The public key of a private one. */
export function ed25519PublicKey(privateKey: Uint8Array): Buffer {
  return rawPublic(createPublicKey(privateKeyObject(privateKey)))
}

/** The 64-byte signature of a message; the same message and key give the same signature. */
export function ed25519Sign(privateKey: Uint8Array, message: Uint8Array): Buffer {
  return sign(null, message, privateKeyObject(privateKey))
}

/**
 * Whether the signature is this key's on this message; false also for keys and signatures that are none, and for keys
 * of low order: under those one signature fits many messages, so that it binds nobody to any.
 */
export function ed25519Verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES || isLowOrder(publicKey)) {
    return false
  }
  try {
    return verify(null, message, publicKeyObject(publicKey), signature)
  } catch {
    // The 32 bytes are no point of the curve.
    return false
  }
}

function privateKeyObject(privateKey: Uint8Array): KeyObject {
  if (privateKey.length !== KEY_BYTES) {
    throw new RangeError(`An Ed25519 private key has ${KEY_BYTES} bytes, this one ${privateKey.length}.`)
  }
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, privateKey]), format: "der", type: "pkcs8" })
}

function publicKeyObject(publicKey: Uint8Array): KeyObject {
  return createPublicKey({ key: Buffer.concat([SPKI_HEAD, publicKey]), format: "der", type: "spki" })
}

function isLowOrder(publicKey: Uint8Array): boolean {
  const withoutSign = Buffer.from(publicKey)
  withoutSign[KEY_BYTES - 1] &= 0x7f
  return LOW_ORDER.has(withoutSign.toString("hex"))
}

/** The y of the points of order 1, 2, 4 and 8, two of them also as they can be written unreduced: p and p + 1. */
const LOW_ORDER: ReadonlySet<string> = new Set([
  "0000000000000000000000000000000000000000000000000000000000000000",
  "0100000000000000000000000000000000000000000000000000000000000000",
  "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
  "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
  "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
])

const rawPublic = (key: KeyObject): Buffer => key.export({ format: "der", type: "spki" }).subarray(-KEY_BYTES)
const rawPrivate = (key: KeyObject): Buffer => key.export({ format: "der", type: "pkcs8" }).subarray(-KEY_BYTES)

/** What DER (RFC 8410) has before the 32 bytes of a key: OID 1.3.101.112. */
const PKCS8_HEAD = Buffer.from("302e020100300506032b657004220420", "hex")
const SPKI_HEAD = Buffer.from("302a300506032b6570032100", "hex")
