// A draft, for those who asked for one: encrypted, one day at most, and the key lives only as long as this tab.
import { all, one, put, remove } from "./store.js";
import { hide, newKey, reveal, toBytes, toText } from "./seal.js";

const DAY = 86400000, NAME = "voice-draft";

const held = () => JSON.parse(sessionStorage.getItem(NAME) || "null");

async function own() {
  const { id, key } = held();
  return { id, key: await crypto.subtle.importKey("raw", toBytes(key), "AES-GCM", false, ["encrypt", "decrypt"]) };
}

export async function begin(slug) {
  const key = await crypto.subtle.exportKey("raw", await newKey(true));
  sessionStorage.setItem(NAME, JSON.stringify({ id: crypto.randomUUID(), slug, key: toText(key) }));
}

export async function save(slug, data) {
  if (held()?.slug !== slug) return;
  const { id, key } = await own();
  await put("draft", { id, at: Date.now(), ...(await hide(key, data)) });
}

export async function find(slug) {
  await sweep();
  if (held()?.slug !== slug) return null;
  const { id, key } = await own(), found = await one("draft", id);
  return found ? reveal(key, found) : null;
}

// Without its key nobody can read it any more; that takes no time, so it is done first.
export async function forget() {
  const mine = held();
  sessionStorage.removeItem(NAME);
  if (mine) await remove("draft", mine.id);
}

async function sweep() {
  for (const { id, at } of await all("draft")) if (Date.now() - at > DAY) await remove("draft", id);
}
