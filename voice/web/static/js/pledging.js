// Making a pledge on the phone: every page comes out of one document, which needs no net. What it cannot do the server does, as ever.
import { lost, show } from "./ask.js";
import { Bundle, receipt } from "./fill.js";
import { asText, fileOf, settled } from "./picture.js";
import { seal } from "./seal.js";
import * as queue from "./queue.js";
import * as spare from "./spare.js";

const PATIENCE = 3000, LARGEST = 400000; // ms to wait for the pages; bytes of a picture that an envelope takes
const STEPS = ["new", "how", "check", "last"], SHOT = ["drawing", "card", "selfie"], NOT_ALONG = ["at", "go", "instead", "picture", "picture_kind"];
const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
const bundles = new Map();
let busy = false, held = null;

// Every page of the way, in the language of the address it is sent to.
function bundle(address) {
  const prefix = /^(\/[a-z]+)?(?=\/pledges)/.exec(address)?.[0] || "";
  if (!bundles.has(prefix)) {
    const asked = fetch(`${prefix}/pledges/all`).then(async (reply) => {
      if (!reply.ok) throw new Error(reply.status);
      return new Bundle(new DOMParser().parseFromString(await reply.text(), "text/html"));
    });
    asked.catch(() => bundles.delete(prefix)); // asked anew at the next press
    bundles.set(prefix, asked);
  }
  return bundles.get(prefix);
}

const inTime = (promise) => Promise.race([promise, new Promise((_, late) => setTimeout(late, PATIENCE, new Error("late")))]);

// --- a press

function onSubmit(event) {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-pledge]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (busy) return;
  busy = true;
  const isOurs = button?.value !== "stay" && button?.name !== "instead"; // another language, or another way to draw: the server has it
  const work = isOurs ? press(form, button?.value || "next").catch(() => pass(form, button)) : pass(form, button);
  work.finally(() => { busy = false; });
}

// The server takes over: the page carries all it needs. Where it cannot be reached everything stays where it is.
async function pass(form, button) {
  const data = new FormData(form);
  if (button?.name) data.append(button.name, button.value);
  try {
    const reply = await fetch(button?.getAttribute("formaction") || form.getAttribute("action"), { method: "POST", body: data, cache: "no-store" });
    if (reply.status >= 500 || !reply.headers.get("Content-Type")?.includes("html")) throw new Error(reply.status);
    await show(new DOMParser().parseFromString(await reply.text(), "text/html"));
  } catch {
    lost(form);
  }
}

async function press(form, go) {
  await settled(form);
  const all = await inTime(bundle(form.getAttribute("action"))), said = read(form), at = said.get("at");
  if (STEPS.includes(go)) return here(all, go, said);
  const wrong = problems(all, at, said, form);
  if (wrong.length) return tell(form, wrong, all.says.nothing);
  if (go === "send") return send(all, form, said);
  return here(all, STEPS[STEPS.indexOf(at) + 1], said);
}

function read(form) {
  const said = new Map([...new FormData(form)].filter(([, value]) => typeof value === "string"));
  said.set("pledge", (said.get("pledge") || "").trim());
  return said;
}

function problems(all, at, said, form) {
  if (at === "new") return ["", all.says.beginning].includes(said.get("pledge")) ? ["pledge"] : [];
  if (at === "how") return ["kind", "age"].filter((name) => !said.get(name));
  if (at !== "last") return [];
  const wants = said.get("picture_ok") === "yes", isShot = SHOT.includes(said.get("kind"));
  const wrong = { picture: isShot && wants && !fileOf(form), words_ok: !said.get("words_ok"), picture_ok: isShot && !said.get("picture_ok") };
  return Object.keys(wrong).filter((name) => wrong[name]);
}

// Beside the field, in place: nothing that was made is touched.
function tell(form, wrong, sentence) {
  for (const line of $$("[data-why]", form)) {
    const name = line.dataset.why || "picture", isWrong = wrong.includes(name);
    line.hidden = !isWrong;
    line.closest(".field")?.classList.toggle("wrong", isWrong);
    if (isWrong && name === "picture") $("span", line).textContent = sentence;
  }
  const first = $$("[data-why]", form).find((line) => !line.hidden)?.closest(".field");
  first?.scrollIntoView({ block: "center" });
  $("input:not([type=hidden]):not([hidden]), textarea, [tabindex]", first || form)?.focus({ preventScroll: true });
}

// --- pages

async function here(all, step, said) {
  const kind = said.get("kind"), page = all.make(step === "last" ? `last:${kind}` : step);
  hold(said);
  if (step === "last" && held?.kind === kind) $("main", page).replaceWith(page.adoptNode(held.main)); // with the picture as it was left
  const form = $("#walk", page);
  for (const [name, value] of said) if (!NOT_ALONG.includes(name)) put(form, name, value);
  for (const each of $$("[data-fill]", page)) {
    const name = each.dataset.fill, value = said.get(name) || "";
    each.textContent = name === "pledge" ? value : all.labels[name][value] || "";
  }
  only(page, said);
  await show(page);
}

// A page with a picture on it is kept as it is, for whoever goes back and comes again.
function hold(said) {
  if (said.get("at") === "last") held = { kind: said.get("kind"), main: $("main") };
}

function put(form, name, value) {
  const shown = $$(`[name="${name}"]:not([type=hidden])`, form);
  for (const each of shown) {
    if (each.matches("[type=radio], [type=checkbox]")) each.checked = each.value === value;
    else each.value = value;
  }
  if (shown.length) return;
  const field = $(`[name="${name}"]`, form) || form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
  field.value = value;
}

function only(page, said) {
  for (const each of $$("[data-only]", page)) each.hidden = each.dataset.only !== said.get("age");
}

// --- sending

async function send(all, form, said) {
  const file = said.get("picture_ok") === "yes" ? fileOf(form) : null;
  if (file?.size > LARGEST) throw new Error("as it is"); // this phone could not make it small: the page sends it
  const pair = said.has("key") ? null : await spare.take().catch(() => null);
  said.set("key", said.get("key") || pair?.key || crypto.randomUUID());
  put(form, "key", said.get("key"));
  const fields = [...said].filter(([name, value]) => value && !NOT_ALONG.includes(name));
  const message = { ...Object.fromEntries(fields), language: all.language, picture: file ? await asText(file) : "" };
  const end = await queue.handIn(await seal(all.key, message), "/pledges/sealed");
  if (end.state === "unkept") return unkept(form, all);
  if (end.state === "refused") return refused(all, end, form, said);
  held = null;
  return end.state === "sent" ? showSent(all, end, said) : showKept(all, end.id, pair, said);
}

// Neither gone nor kept: everything stays where it is, and the page says so.
function unkept(form, all) {
  $("[data-lost] span", form).textContent = all.says.unkept;
  lost(form);
}

async function refused(all, { id, status, said: reply }, form, said) {
  queue.forgetRefused(id).catch(() => {}); // it is on the screen
  const sentence = reply?.errors?.find(({ question }) => question === "picture")?.sentence;
  if (sentence && form.isConnected) return tell(form, ["picture"], sentence);
  held = null;
  if (status === 409) {
    const page = all.make("different"), again = $("#walk", page);
    for (const [name, value] of said) if (!NOT_ALONG.includes(name) && name !== "key") put(again, name, value);
    return show(page);
  }
  return show(all.make(status === 410 ? "taken_back" : "refused"));
}

async function showSent(all, { receipt: words, said: reply }, said) {
  const page = receipt(all, "sent", words, await spare.pictures(words)), slip = $(".slip ol", page);
  const drawn = said.get("kind") === "avatar" && $("#preview svg");
  if (drawn) $("[data-person]", page).replaceChildren(drawn.cloneNode(true));
  const grown = reply?.grown_up || [];
  slip.replaceChildren(...grown.map((word) => Object.assign(slip.firstElementChild.cloneNode(), { textContent: word })));
  if (!grown.length) for (const each of $$("[data-grown-up]", page)) (each.closest("li") || each).remove();
  await show(page);
}

// It waits, and this page with it: when it goes, the page says so.
async function showKept(all, id, pair, said) {
  const page = pair ? receipt(all, "kept-words", pair.words, pair.drawn) : all.make("kept");
  only(page, said);
  await show(page);
  const main = $("main");
  $("[data-again]", main).onclick = () => queue.flush(true).catch(() => {});
  const news = ({ detail }) => {
    if (!main.isConnected) return removeEventListener("voice-queue", news);
    if (detail.id !== id || detail.state === "later") return;
    removeEventListener("voice-queue", news);
    if (detail.state === "sent") showSent(all, detail, said);
    else refused(all, detail, document.createElement("form"), said);
  };
  addEventListener("voice-queue", news);
}

export function begin() {
  addEventListener("submit", onSubmit, { capture: true });
  document.documentElement.dataset.walk = "here";
  for (const end of ["leaving", "pagehide"]) addEventListener(end, () => { held = null; });
  bundle(location.pathname).catch(() => {});
  spare.fill().catch(() => {});
}
