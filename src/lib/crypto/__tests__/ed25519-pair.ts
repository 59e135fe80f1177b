import type { Ed25519KeyPair } from "../ed25519"
import { loadTweetnacl } from "./tweetnacl"

const nacl = loadTweetnacl()

/** The key pair of a private key, its public key from the second implementation. */
export function ed25519Pair(private_key: Buffer): Ed25519KeyPair {
  return { private_key, public_key: Buffer.from(nacl.sign.keyPair.fromSeed(private_key).publicKey) }
}
