import { createCipheriv, createHash, createHmac, randomBytes } from 'node:crypto';

const ITERATIONS = 2_048;
const KEY_BYTES = 24;
const IV_BYTES = 8;
const MAC_KEY_BYTES = 20;
const SHA1_BLOCK_BYTES = 64;
const BYTE = 256n;

const OID = {
  data: '1.2.840.113549.1.7.1',
  encryptedData: '1.2.840.113549.1.7.6',
  shroudedKeyBag: '1.2.840.113549.1.12.10.1.2',
  certBag: '1.2.840.113549.1.12.10.1.3',
  x509Certificate: '1.2.840.113549.1.9.22.1',
  friendlyName: '1.2.840.113549.1.9.20',
  localKeyId: '1.2.840.113549.1.9.21',
  sha1With3Des: '1.2.840.113549.1.12.1.3',
  sha1: '1.3.14.3.2.26',
};

/** One element of DER, of any length. */
function der(tag: number, ...contents: Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  const hex = content.length.toString(16);
  const length = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  const head = content.length < 0x80 ? [tag, content.length] : [tag, 0x80 | length.length, ...length];
  return Buffer.concat([Buffer.from(head), content]);
}
const sequence = (...contents: Uint8Array[]) => der(0x30, ...contents);
const octets = (content: Uint8Array) => der(0x04, content);
const explicit0 = (content: Uint8Array) => der(0xa0, content);
const integer = (value: number) =>
  der(0x02, value < 0x80 ? Buffer.from([value]) : Buffer.from([value >> 8, value & 0xff]));
const bmpString = (text: string) => Buffer.from(text, 'utf16le').swap16();

function objectIdentifier(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const base128 = (value: number): number[] => {
    const digits = [value & 0x7f];
    for (let left = value >> 7; left > 0; left >>= 7) digits.unshift(0x80 | (left & 0x7f));
    return digits;
  };
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]));
}

/** RFC 7292 §B.2 with SHA-1. `use`: 1 for a key, 2 for an IV, 3 for a MAC key. */
function derive(password: string, salt: Buffer, use: number, length: number): Buffer {
  const fill = (text: Buffer) =>
    Buffer.alloc(Math.ceil(text.length / SHA1_BLOCK_BYTES) * SHA1_BLOCK_BYTES, text);
  let input = Buffer.concat([fill(salt), fill(bmpString(`${password}\0`))]);
  const output: Buffer[] = [];
  for (let made = 0; made < length; made += MAC_KEY_BYTES) {
    let digest = createHash('sha1').update(Buffer.alloc(SHA1_BLOCK_BYTES, use)).update(input).digest();
    for (let round = 1; round < ITERATIONS; round += 1) digest = createHash('sha1').update(digest).digest();
    output.push(digest);
    const step = BigInt(`0x${Buffer.alloc(SHA1_BLOCK_BYTES, digest).toString('hex')}`) + 1n;
    const modulus = BYTE ** BigInt(SHA1_BLOCK_BYTES);
    const blocks = Array.from({ length: input.length / SHA1_BLOCK_BYTES }, (_, index) => {
      const block = input.subarray(index * SHA1_BLOCK_BYTES, (index + 1) * SHA1_BLOCK_BYTES);
      const sum = (BigInt(`0x${block.toString('hex')}`) + step) % modulus;
      return Buffer.from(sum.toString(16).padStart(SHA1_BLOCK_BYTES * 2, '0'), 'hex');
    });
    input = Buffer.concat(blocks);
  }
  return Buffer.concat(output).subarray(0, length);
}

/** Algorithm and ciphertext of PBE with SHA-1 and three-key Triple DES. */
function encrypt(password: string, content: Buffer): { algorithm: Buffer; ciphertext: Buffer } {
  const salt = randomBytes(8);
  const key = derive(password, salt, 1, KEY_BYTES);
  const cipher = createCipheriv('des-ede3-cbc', key, derive(password, salt, 2, IV_BYTES));
  return {
    algorithm: sequence(objectIdentifier(OID.sha1With3Des), sequence(octets(salt), integer(ITERATIONS))),
    ciphertext: Buffer.concat([cipher.update(content), cipher.final()]),
  };
}

/**
 * A certificate with its key as PKCS#12 (RFC 7292), for browsers and systems to install. By Triple DES and SHA-1 on purpose: macOS imports
 * nothing newer, everything else still does; a test card protects nobody's data.
 */
export function writePkcs12(
  { certificate, privateKey, name }: { certificate: Buffer; privateKey: Buffer; name: string },
  password: string,
): Buffer {
  const attribute = (oid: string, value: Buffer) => sequence(objectIdentifier(oid), der(0x31, value));
  // By the same id the importer knows that the two belong together.
  const keyId = createHash('sha1').update(certificate).digest();
  const attributes = der(
    0x31,
    attribute(OID.friendlyName, der(0x1e, bmpString(name))),
    attribute(OID.localKeyId, octets(keyId)),
  );
  const bag = (oid: string, value: Buffer) =>
    sequence(sequence(objectIdentifier(oid), explicit0(value), attributes));
  const key = encrypt(password, privateKey);
  const keyBag = bag(OID.shroudedKeyBag, sequence(key.algorithm, octets(key.ciphertext)));
  const certBag = bag(
    OID.certBag,
    sequence(objectIdentifier(OID.x509Certificate), explicit0(octets(certificate))),
  );
  const data = (content: Buffer) => sequence(objectIdentifier(OID.data), explicit0(octets(content)));
  const sealed = encrypt(password, certBag);
  const encrypted = sequence(objectIdentifier(OID.data), sealed.algorithm, der(0x80, sealed.ciphertext));
  const safe = sequence(
    sequence(objectIdentifier(OID.encryptedData), explicit0(sequence(integer(0), encrypted))),
    data(keyBag),
  );
  const salt = randomBytes(8);
  const mac = createHmac('sha1', derive(password, salt, 3, MAC_KEY_BYTES))
    .update(safe)
    .digest();
  const digestInfo = sequence(sequence(objectIdentifier(OID.sha1), der(0x05)), octets(mac));
  return sequence(integer(3), data(safe), sequence(digestInfo, octets(salt), integer(ITERATIONS)));
}
