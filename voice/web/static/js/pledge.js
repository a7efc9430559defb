// The pages on which a pledge is made. They work without this; with it they are one entry in the phone's history, go on without a net, and
// what is final waits sealed until it can go.
import "./ask.js";

const LATE = window.requestIdleCallback || ((work) => setTimeout(work, 200));
const canSeal = isSecureContext && window.crypto?.subtle && crypto.randomUUID && window.indexedDB;

async function begin() {
  const [{ begin: walk }, { waiting }] = await Promise.all([import("./pledging.js"), import("./waiting.js")]);
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
