// Begins what makes a phone stand on its own, once the first page is there: the walk without a net, the queue, the service worker.
// A pledge has a walk of its own.
const LATE = window.requestIdleCallback || ((work) => setTimeout(work, 200));
const canSeal = isSecureContext && window.crypto?.subtle && crypto.randomUUID && window.indexedDB;

async function begin() {
  const way = document.querySelector("script[data-pledging]") ? import("./pledging.js") : import("./local.js");
  const [{ begin: walk }, { waiting }] = await Promise.all([way, import("./waiting.js")]);
  walk();
  await waiting().catch(() => {});
  await keepPages();
}

// A cold start without a net needs this page, and those it leads to.
async function keepPages() {
  const list = document.querySelector("[data-keep]");
  if (!list || !navigator.serviceWorker) return;
  await navigator.serviceWorker.register("/sw.js", { scope: "/" });
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage({ keep: [location.href, ...list.dataset.keep.split(" ").filter(Boolean)] });
}

if (canSeal) addEventListener("load", () => LATE(() => begin().catch(() => {})));
