// The phone's own small store (IndexedDB). What lies in it is sealed; only counts and dates can be read.
const NAME = "voice", VERSION = 1, PATIENCE = 4000;
const STORES = { final: { keyPath: "id" }, draft: { keyPath: "id" }, pair: { autoIncrement: true }, key: { keyPath: "name" } };
let opened = null;

function forget() {
  opened = null;
}

function make(db) {
  for (const [name, how] of Object.entries(STORES)) {
    if (!db.objectStoreNames.contains(name)) db.createObjectStore(name, how);
  }
}

// A phone closes the connection when it wants to (iOS does, in the background), and another tab may need a newer shape.
function ready(db) {
  db.onclose = forget;
  db.onversionchange = () => { db.close(); forget(); };
  return db;
}

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, VERSION);
    request.onupgradeneeded = () => make(request.result);
    request.onsuccess = () => resolve(ready(request.result));
    request.onerror = request.onblocked = () => reject(request.error || new Error("blocked"));
    setTimeout(() => reject(new Error("too slow")), PATIENCE);
  });
  return opened;
}

async function once(name, mode, work) {
  const db = await open();
  return new Promise((resolve, reject) => {
    // Strict: it lies on the disk, not in a buffer, when we say that it is kept.
    const all = db.transaction(name, mode, { durability: "strict" });
    const request = work(all.objectStore(name));
    all.oncomplete = () => resolve(request?.result);
    all.onabort = () => reject(all.error || new Error("stopped"));
  });
}

// work(store) gives the request whose result is wanted; anything else it asks of the store is one with it.
// A connection that was closed under us is opened again, once. A full phone stays full.
export async function inStore(name, mode, work) {
  try {
    return await once(name, mode, work);
  } catch (error) {
    forget();
    if (error.name === "QuotaExceededError") throw error;
    return once(name, mode, work);
  }
}

export const put = (name, value) => inStore(name, "readwrite", (store) => store.put(value));
export const remove = (name, id) => inStore(name, "readwrite", (store) => store.delete(id));
export const one = (name, id) => inStore(name, "readonly", (store) => store.get(id));
export const all = (name) => inStore(name, "readonly", (store) => store.getAll());
