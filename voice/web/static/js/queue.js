// What is final waits here, sealed, until the server says it has it. Nothing leaves the phone's store before that.
import { all, one, put, remove } from "./store.js";

const DAYS = 30, DAY = 86400000, PATIENCE = 15000, SLOWEST = 3, DOOR = "/api/v1/submissions", FIRST_WAIT = 4000, LONGEST_WAIT = 900000;
// The server has read it and will not take it, ever. Anything else may go well later; so may what came before the first day, or in
// a time when nobody was there to read; and a key that is not there today may be put back.
const FINAL = [400, 403, 404, 409, 410, 413, 415, 422], PASSING = ["not_yet", "paused", "unknown_key"];
const channel = "BroadcastChannel" in self ? new BroadcastChannel("voice") : null;
let planned = 0;

// --- telling the pages on this phone

function tell(news) {
  dispatchEvent(new CustomEvent("voice-queue", { detail: news }));
}
if (channel) channel.onmessage = ({ data }) => tell(data);

function tellAll(news) {
  tell(news);
  channel?.postMessage(news);
}

// --- one at a time, over all tabs and the service worker

function alone(id, work, wait) {
  if (!navigator.locks) return work(); // twice does no harm: the server knows it by its key
  return navigator.locks.request(`voice-${id}`, { ifAvailable: !wait }, (lock) => (lock ? work() : null));
}

// --- sending

async function judge(reply) {
  const kind = reply.headers.get("Content-Type") || "";
  const said = kind.includes("json") ? await reply.json() : {}; // a page of a café's network says 200 too
  if (reply.ok && Array.isArray(said.receipt)) return { state: "sent", receipt: said.receipt, said };
  const isFinal = FINAL.includes(reply.status) && kind.startsWith("application/problem+json") && !PASSING.includes(said.reason);
  if (isFinal) return { state: "refused", status: reply.status, said };
  return { state: "later", after: 1000 * (Number(reply.headers.get("Retry-After")) || 0) };
}

// A picture takes its time: so many bytes a millisecond at the least.
async function post({ sealed, to }) {
  try {
    return await judge(await fetch(to || DOOR, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ sealed }),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout?.(PATIENCE + Math.round(sealed.ct.length / SLOWEST)),
    }));
  } catch {
    return { state: "later", after: 0 };
  }
}

function wait(tries) {
  return Math.min(FIRST_WAIT * 2 ** tries, LONGEST_WAIT) * (0.5 + Math.random()); // spread, so that a class does not come back all at once
}

// due: when we would try again by ourselves. least: before that the server asked us not to.
function later(item, { after }) {
  const now = Date.now(), least = now + after;
  return { ...item, tries: item.tries + 1, least, due: Math.max(least, now + wait(item.tries)) };
}

async function settle(item, end) {
  if (end.state === "sent") await remove("final", item.id);
  else if (end.state === "refused") await put("final", { id: item.id, at: item.at, refused: end.status });
  else await put("final", later(item, end));
  tellAll({ id: item.id, ...end });
}

// The first time. It is kept before it is sent, and the page that waits for its words is the one that sends it.
// Gives {id, state: sent | refused | kept | unkept, receipt?, status?}.
// `to`: the door for it, where it is not an answer to questions.
export function handIn(sealed, to = DOOR) {
  const item = { id: crypto.randomUUID(), at: Date.now(), tries: 0, due: 0, least: 0, to, sealed };
  return alone(item.id, async () => {
    const isKept = await put("final", item).then(() => true, () => false);
    const end = await post(item);
    if (isKept) await settle(item, end).catch(() => {}); // what stays behind is sent again, and known by its key
    if (end.state !== "later") return { id: item.id, ...end };
    plan();
    if (isKept) navigator.storage?.persist?.();
    return { id: item.id, state: isKept ? "kept" : "unkept" };
  }, true);
}

async function again(id) {
  const item = await one("final", id);
  if (!item?.sealed) return { state: "gone" };
  const end = Date.now() - item.at > DAYS * DAY ? { state: "refused", status: "old" } : await post(item);
  await settle(item, end);
  return end;
}

// Sends what is due; or all of it, where something says that there may be a net again. Stops at the first that cannot go: the others
// would not get through either.
export async function flush(everything = false) {
  const items = (await all("final")).filter(({ sealed }) => sealed).sort((a, b) => a.at - b.at);
  for (const { id, due, least } of items) {
    if ((everything ? least : due) > Date.now()) continue;
    const end = await alone(id, () => again(id), false);
    if (end?.state === "later") break;
    everything ||= end?.state === "sent";
  }
  await plan();
}

async function plan() {
  const due = (await all("final").catch(() => [])).filter(({ sealed }) => sealed).map((item) => item.due);
  clearTimeout(planned);
  if (due.length) planned = setTimeout(quietly, Math.max(Math.min(...due) - Date.now(), 500), false);
}

const quietly = (everything) => flush(everything).catch(() => {});

// --- what pages show

export async function standing() {
  const items = await all("final");
  return { waiting: items.filter(({ sealed }) => sealed).length, refused: items.filter(({ refused }) => refused).map(({ refused }) => refused) };
}

// Once they were shown: one of them, or all.
export async function forgetRefused(only) {
  for (const { id, refused } of await all("final")) if (refused && (!only || id === only)) await remove("final", id);
}

export function begin() {
  addEventListener("online", () => setTimeout(quietly, 2000 * Math.random(), true));
  globalThis.document?.addEventListener("visibilitychange", () => document.visibilityState === "visible" && quietly(true));
  return quietly(true);
}
