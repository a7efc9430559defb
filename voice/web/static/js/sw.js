// The service worker: pages that were opened once open again without a net. It holds only what is the same for everyone
// (Cache-Control: public) and never a reply to something that was sent. /sw.js puts RELEASE before this.
const CACHE = `voice-${RELEASE}`, PATIENCE = 3000;
const PAGES = /^(\/[a-z]+)?\/(take-part(\/[a-z0-9_-]+(\/all|\/hand-over(\/next|\/end)?)?)?|pledges\/(new|all)|help-now|no-net)$/;
const ASSETS = "/static/";
const here = (address) => new URL(address, location.origin);
const isPublic = (reply) => reply.status === 200 && !reply.redirected && (reply.headers.get("Cache-Control") || "").includes("public");

// --- keeping

// A page with all it needs: the files it names, and those that they name.
async function keep(cache, address, met = new Set()) {
  if (met.has(address)) return;
  met.add(address);
  const isAsset = here(address).pathname.startsWith(ASSETS);
  if (isAsset && (await cache.match(address))) return;
  const reply = await fetch(address, { credentials: "omit" });
  if (!isPublic(reply)) return;
  await cache.put(address, reply.clone());
  if (/html|javascript/.test(reply.headers.get("Content-Type"))) await keepNamed(cache, reply, address, met);
}

async function keepNamed(cache, reply, address, met) {
  const text = await reply.text();
  const files = [...text.matchAll(/\/static\/[0-9a-f]+\/[\w./-]+/g)].map(([file]) => file);
  const modules = [...text.matchAll(/(?:from|import) ?\(?"(\.\/[\w-]+\.js)"/g)].map(([, file]) => new URL(file, here(address)).pathname);
  for (const each of new Set([...files, ...modules])) await keep(cache, each, met);
}

async function keepAll(addresses) {
  const cache = await caches.open(CACHE), met = new Set();
  for (const address of addresses) {
    const { pathname, search } = here(address);
    if (PAGES.test(pathname)) await keep(cache, pathname + search, met).catch(() => {}); // the net went meanwhile: the next page asks again
  }
}

// --- a new release takes over the pages the old one held

const caching = async () => (await caches.keys()).filter((name) => name.startsWith("voice-"));

async function takeOver() {
  const requests = await Promise.all((await caching()).map(async (name) => (await caches.open(name)).keys()));
  await keepAll(requests.flat().map(({ url }) => url));
  await skipWaiting();
}

async function tidy() {
  const old = (await caching()).filter((name) => name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await clients.claim();
}

// --- answering

async function asset(request) {
  const cache = await caches.open(CACHE), held = await cache.match(request.url, { ignoreVary: true });
  if (held) return held;
  const reply = await fetch(request);
  if (isPublic(reply)) await cache.put(request.url, reply.clone());
  return reply;
}

async function asked(cache, request) {
  const reply = await fetch(request);
  if (isPublic(reply)) await cache.put(request.url, reply.clone());
  else if (reply.status === 404 || reply.status === 410) await cache.delete(request.url);
  return reply;
}

// The net first. Where it is slow or gone, the page as it was.
async function page(request) {
  const cache = await caches.open(CACHE), held = await cache.match(request.url, { ignoreVary: true });
  const fresh = asked(cache, request);
  if (!held) return fresh.catch(() => noNet(request.url));
  const late = new Promise((done) => setTimeout(done, PATIENCE, held.clone()));
  const reply = await Promise.race([fresh, late]).catch(() => held);
  return reply.status >= 500 ? held : reply;
}

async function noNet(address) {
  const prefix = /^\/[a-z]{2,4}(?=\/|$)/.exec(here(address).pathname)?.[0] || "";
  const cache = await caches.open(CACHE);
  return (await cache.match(`${prefix}/no-net`)) || (await cache.match("/no-net")) || Response.error();
}

addEventListener("install", (event) => event.waitUntil(takeOver()));
addEventListener("activate", (event) => event.waitUntil(tidy()));
addEventListener("message", (event) => event.data?.keep && event.waitUntil(keepAll(event.data.keep)));
addEventListener("fetch", (event) => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (pathname.startsWith(ASSETS)) event.respondWith(asset(request));
  else if (PAGES.test(pathname)) event.respondWith(page(request));
  else if (request.mode === "navigate") event.respondWith(fetch(request).catch(() => noNet(request.url)));
});
