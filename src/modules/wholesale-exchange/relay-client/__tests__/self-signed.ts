import { generateKeyPairSync, sign } from "node:crypto"

export interface SelfSigned {
  /** PEM. */
  readonly key: string
  readonly certificate: string
}

/** A certificate (X.509 v3, Ed25519) that a name signed for itself; none but tests that are given it trust it. */
export function selfSigned(name: string): SelfSigned {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519")
  const algorithm = sequence(Buffer.from("06032b6570", "hex"))
  // Common name, 2.5.4.3.
  const subject = sequence(der(0x31, sequence(Buffer.from("0603550403", "hex"), der(0x0c, Buffer.from(name)))))
  const validity = sequence(...["20200101000000Z", "21200101000000Z"].map((time) => der(0x18, Buffer.from(time))))
  // Subject alternative name, 2.5.29.17: a DNS name; and basic constraints, 2.5.29.19: an authority.
  const names = der(0x04, sequence(der(0x82, Buffer.from(name))))
  const authority = Buffer.from("30030101ff", "hex")
  const extensions = sequence(
    sequence(Buffer.from("0603551d11", "hex"), names),
    sequence(Buffer.from("0603551d13", "hex"), Buffer.from("0101ff", "hex"), der(0x04, authority))
  )
  const statement = sequence(
    der(0xa0, Buffer.from("020102", "hex")),
    Buffer.from("020101", "hex"),
    algorithm,
    subject,
    validity,
    subject,
    publicKey.export({ format: "der", type: "spki" }),
    der(0xa3, extensions)
  )
  const signature = Buffer.concat([Buffer.from([0]), sign(null, statement, privateKey)])
  const certificate = sequence(statement, algorithm, der(0x03, signature)).toString("base64")
  return {
    key: privateKey.export({ format: "pem", type: "pkcs8" }).toString(),
    certificate: `-----BEGIN CERTIFICATE-----\n${certificate}\n-----END CERTIFICATE-----\n`,
  }
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts))

/** Tag, length and value, of less than 64 KiB. */
function der(tag: number, value: Buffer): Buffer {
  const { length } = value
  const long = length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255]
  return Buffer.concat([Buffer.from([tag, ...(length < 128 ? [length] : long)]), value])
}
