// Receipts made beforehand, so that someone without signal can still write theirs down. A pair (the submission's key and its
// words) lies here sealed with a key that cannot be taken out of the browser, and is forgotten in the moment it is used.
import { all, inStore, one, put } from "./store.js";
import { hide, newKey, reveal } from "./seal.js";

const HELD = 3;

async function ownKey() {
  const found = await one("key", "spare");
  if (found) return found.key;
  const key = await newKey(false);
  await put("key", { name: "spare", key });
  return key;
}

async function ask(address, data) {
  const reply = await fetch(address, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data), credentials: "omit", cache: "no-store",
  });
  if (!reply.ok) throw new Error(reply.status);
  return reply.json();
}

// Pictures of receipt words: word to drawing.
export const pictures = (words) => ask("/take-part/pictures", { words }).catch(() => ({}));

export async function fill(most = HELD) {
  const missing = most - (await all("pair")).length;
  if (missing < 1) return;
  const { receipts } = await ask("/api/v1/receipts", { count: missing });
  const drawn = await pictures(receipts.flatMap(({ words }) => words)), key = await ownKey();
  for (const { key: mark, words } of receipts) {
    const box = await hide(key, { key: mark, words, drawn: Object.fromEntries(words.map((word) => [word, drawn[word]])) });
    await put("pair", box);
  }
}

// Taken out and deleted in one step, so that two tabs never get the same.
export async function take() {
  let box = null;
  await inStore("pair", "readwrite", (store) => {
    const request = store.openCursor();
    request.onsuccess = () => {
      if (!request.result || box) return;
      box = request.result.value;
      request.result.delete();
    };
    return request;
  });
  return box ? reveal(await ownKey(), box) : null;
}
