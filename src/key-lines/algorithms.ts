/**
 * What is known of the algorithms that a key line may name, by the kernel's names (crypto/, and
 * net/xfrm/xfrm_algo.c). Any other name passes: whether a kernel has it, only that kernel knows.
 * Lengths are in bytes, the integrity check value (ICV) in bits.
 */
export interface Aead {
  /** Key lengths, the salt included. */
  readonly keyBytes: readonly number[];
  readonly saltBytes: number;
  readonly icvBits: readonly number[];
}

export interface Cipher {
  readonly keyBytes: readonly number[];
  /** Of the key's bytes, those that are a nonce. */
  readonly saltBytes?: number;
  /** Broken or worn out: accepted with a warning. */
  readonly weak?: true;
}

/** RFC 4106, RFC 4309 and RFC 7634; the salt is 4, 3 and 4 bytes. */
export const AEADS: Readonly<Record<string, Aead>> = {
  'rfc4106(gcm(aes))': { keyBytes: [20, 28, 36], saltBytes: 4, icvBits: [64, 96, 128] },
  'rfc4309(ccm(aes))': { keyBytes: [19, 27, 35], saltBytes: 3, icvBits: [64, 96, 128] },
  'rfc7539esp(chacha20,poly1305)': { keyBytes: [36], saltBytes: 4, icvBits: [128] },
};

/** RFC 3602, RFC 3686 (the nonce is 4 bytes), RFC 4312, RFC 2451. */
export const CIPHERS: Readonly<Record<string, Cipher>> = {
  'cbc(aes)': { keyBytes: [16, 24, 32] },
  'rfc3686(ctr(aes))': { keyBytes: [20, 28, 36], saltBytes: 4 },
  'cbc(camellia)': { keyBytes: [16, 24, 32] },
  'cbc(serpent)': { keyBytes: [16, 24, 32] },
  'cbc(twofish)': { keyBytes: [16, 24, 32] },
  'cbc(sm4)': { keyBytes: [16] },
  'cbc(des3_ede)': { keyBytes: [24], weak: true },
  'cbc(des)': { keyBytes: [8], weak: true },
  'cbc(cast5)': { keyBytes: [16], weak: true },
};

/** Authentication to pair with a cipher: RFC 4868, RFC 4494, RFC 3566, and the worn-out ones below. */
const AUTHENTICATIONS: readonly string[] = [
  'hmac(sha256)',
  'hmac(sha384)',
  'hmac(sha512)',
  'hmac(sm3)',
  'hmac(rmd160)',
  'cmac(aes)',
  'xcbc(aes)',
];

/** Hashes that no longer resist forgery well enough to recommend. */
export const WEAK_AUTHENTICATION: ReadonlySet<string> = new Set([
  'hmac(md5)',
  'md5',
  'hmac(sha1)',
  'sha1',
]);

/**
 * Names under which the kernel sends packets readable or forgeable: GMAC (RFC 4543) only
 * authenticates, `ecb(cipher_null)` does not encrypt (RFC 2410), `digest_null` does not authenticate.
 */
export const NULL_ALGORITHMS: ReadonlySet<string> = new Set([
  'rfc4543(gcm(aes))',
  'ecb(cipher_null)',
  'cipher_null',
  'digest_null',
]);

/** The shortest pre-shared key that is taken, in bytes (128 bits). */
export const SHORTEST_PSK = 16;

/** What an algorithm is in a line: one that encrypts and authenticates, or one of a pair. */
export type Role = 'AEAD' | 'authentication' | 'encryption';

/** The role of a known algorithm; undefined for a name that is not known, which passes as any. */
export function roleOf(name: string): Role | undefined {
  if (Object.hasOwn(AEADS, name)) return 'AEAD';
  if (Object.hasOwn(CIPHERS, name)) return 'encryption';
  return AUTHENTICATIONS.includes(name) || WEAK_AUTHENTICATION.has(name)
    ? 'authentication'
    : undefined;
}
