// Sealing, with the browser's own WebCrypto. To the server: only it can open (voice/sealing.py says how).
// On this phone: a box that needs a key which cannot be taken out of the browser.
const PURPOSE = new TextEncoder().encode("voice submission v1");
const CURVE = { name: "ECDH", namedCurve: "P-256" };

export const toText = (bytes) => btoa(String.fromCharCode(...new Uint8Array(bytes))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
export const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const nonce = () => crypto.getRandomValues(new Uint8Array(12));

// In pieces: a long story has more bytes than a call may have arguments.
function longText(buffer) {
  const bytes = new Uint8Array(buffer), parts = [];
  for (let at = 0; at < bytes.length; at += 3 * 4096) parts.push(toText(bytes.subarray(at, at + 3 * 4096)));
  return parts.join("");
}

async function sharedKey(own, point) {
  const theirs = await crypto.subtle.importKey("raw", toBytes(point), CURVE, false, []);
  const bits = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own, 256);
  const long = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: PURPOSE };
  return crypto.subtle.deriveKey(how, long, { name: "AES-GCM", length: 256 }, false, ["encrypt"]);
}

// key: {id, point}, from the page bundle.
export async function seal(key, data) {
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await sharedKey(own.privateKey, key.point), iv = nonce();
  const text = new TextEncoder().encode(JSON.stringify(data));
  const ct = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: PURPOSE }, shared, text);
  const epk = await crypto.subtle.exportKey("raw", own.publicKey);
  return { v: 1, to: key.id, epk: toText(epk), iv: toText(iv), ct: longText(ct) };
}

export async function hide(key, data) {
  const iv = nonce(), text = new TextEncoder().encode(JSON.stringify(data));
  return { iv, ct: await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, text) };
}

export async function reveal(key, { iv, ct }) {
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt({ name: "AES-GCM", iv }, key, ct)));
}

export const newKey = (extractable) => crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, extractable, ["encrypt", "decrypt"]);
