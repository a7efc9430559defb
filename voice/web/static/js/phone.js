// Begins what makes a phone stand on its own, once the first page is there: the walk without a net, the queue, the service worker.
const LATE = window.requestIdleCallback || ((work) => setTimeout(work, 200));
const canSeal = isSecureContext && window.crypto?.subtle && window.indexedDB && crypto.randomUUID;

async function begin() {
  const [{ begin: walk }, { waiting }] = await Promise.all([import("./local.js"), import("./waiting.js")]);
  walk();
  await waiting();
  await keepPages();
}

// Pages and scripts that a cold start without a net will need.
async function keepPages() {
  const worker = await navigator.serviceWorker?.register("/sw.js", { scope: "/" });
  if (!worker) return;
  const { active } = await navigator.serviceWorker.ready;
  const scripts = performance.getEntriesByType("resource").map(({ name }) => name).filter((name) => name.startsWith(`${location.origin}/static/`));
  active.postMessage({ keep: [location.href, ...(document.querySelector("[data-keep]")?.dataset.keep || "").split(" ").filter(Boolean), ...scripts] });
}

if (canSeal) addEventListener("load", () => LATE(() => begin().catch(() => {})));
