/**
 * A sealed message: `version | suite | kid | message id | salt`, the ciphertext, the tag. The
 * ciphertext is of a frame: `payload length | sequence | time | type | previous hash | chunk index |
 * chunk count`, the payload, zeros. Numbers have the highest byte first.
 */
export const VERSION = 1
/** HKDF with SHA-256 and SHA-512, ChaCha20-Poly1305. */
export const SUITE = 1

export const KID_BYTES = 8
export const MESSAGE_ID_BYTES = 16
export const SALT_BYTES = 16
export const HASH_BYTES = 32
export const TAG_BYTES = 16

/** Where the header's parts begin. */
export const HEADER = { version: 0, suite: 1, kid: 2, message_id: 10, salt: 26 } as const
export const HEADER_BYTES = 42

/** Where the frame's parts begin. */
export const FRAME = {
  payload_length: 0,
  sequence: 4,
  time_ms: 12,
  type: 20,
  previous_hash: 21,
  chunk_index: 53,
  chunk_count: 57,
} as const
export const FRAME_BYTES = 61

/** Bytes of a document that one message carries; a larger one is cut into chunks. */
export const CHUNK_BYTES = 256 * 1024
/** Total length (8), SHA-256 of the whole (32), count of chunks (4): before the bytes of the first chunk. */
export const MANIFEST_BYTES = 8 + HASH_BYTES + 4
/** What every chunk of a cut document is padded to. */
export const PADDED_CHUNK_BYTES = MANIFEST_BYTES + CHUNK_BYTES

/** All that a sealed message has around its padded payload. */
export const OVERHEAD_BYTES = HEADER_BYTES + FRAME_BYTES + TAG_BYTES
/** The longest that a sealed message can be. */
export const SEALED_MAX_BYTES = OVERHEAD_BYTES + PADDED_CHUNK_BYTES
