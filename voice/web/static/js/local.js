// The walk on the phone: every press that the phone can answer by itself never goes to the server. What it cannot, ask.js sends as ever.
import { lost, show } from "./ask.js";
import { Bundle, check, picture, plain, question, receipt } from "./fill.js";
import { answered, walk } from "./way.js";
import { kept, pictureAsked, SKIPS } from "./walk.js";
import { seal } from "./seal.js";
import * as draft from "./draft.js";
import * as queue from "./queue.js";
import * as spare from "./spare.js";

const PATIENCE = 3000; // how long a page may keep someone waiting for the bundle before the server is asked
const ADDRESS = /^((?:\/[a-z]+)?\/take-part\/([a-z0-9_-]+))\/(answers|sent)$/;
const bundles = new Map();
let busy = false, passing = false, held = null; // held: the picture that was picked, in this page's memory and nowhere else

// --- the bundle

// `home` goes along in hand-over mode alone, which has pages of its own.
export function bundle(base, wording, home) {
  const asks = new URLSearchParams({ ...(wording && { w: wording }), ...(home && { way: "hand_over", home }) });
  const address = `${base}/all${`${asks}` && `?${asks}`}`;
  if (!bundles.has(address)) {
    const asked = fetch(address).then(async (reply) => {
      if (!reply.ok) throw new Error(reply.status);
      return new Bundle(new DOMParser().parseFromString(await reply.text(), "text/html"));
    });
    asked.catch(() => bundles.delete(address)); // asked anew at the next press
    bundles.set(address, asked);
  }
  return bundles.get(address);
}

function inTime(promise) {
  return Promise.race([promise, new Promise((_, late) => setTimeout(late, PATIENCE, new Error("late")))]);
}

// --- a press

function onSubmit(event) {
  const form = event.target, button = event.submitter;
  const address = form.matches("[data-walk]") && ADDRESS.exec(leadsTo(form, button));
  if (!address || passing || button?.value === "again") return; // what was sent is with the server
  event.preventDefault();
  event.stopImmediatePropagation();
  if (busy) return;
  busy = true;
  press(form, button, address).catch(() => pass(form, button)).finally(() => { busy = false; });
}

const leadsTo = (form, button) => new URL(button?.hasAttribute("formaction") ? button.formAction : form.action).pathname;

// The server takes over: the page carries all it needs.
function pass(form, button) {
  passing = true;
  form.requestSubmit(button);
  passing = false;
}

// Comes with the page that asks for a picture, and with no other.
const picturing = () => import(document.querySelector("main").dataset.with.split(" ").find((each) => each.endsWith("/picture-answer.js")));

async function press(form, button, [, base, slug, doing]) {
  if (form.querySelector("[name=on][value=picture]")) held = await (await picturing()).taken(form);
  const fields = [...new FormData(form)];
  if (button?.name) fields.push([button.name, button.value]);
  const given = new Map(fields);
  const all = await inTime(bundle(base, given.get("w"), given.get("home")));
  const posted = read(fields, given);
  if (doing === "sent" && posted.go === "send") return send(all, form, fields, answered(all.questions, posted.raw));
  if (!given.has("seed")) fields.push(["seed", seedOf()]);
  const place = walk(all.questions, posted);
  await here(all, place, place.where === "ages" ? fields.filter(([name]) => name !== "w") : fields);
  if (place.where === "question" && !given.has("home")) keepDraft(slug, base, fields, place);
}

const seedOf = () => [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

function read(fields, given) {
  const raw = new Map();
  for (const [name, value] of fields.filter(([name]) => name.startsWith("a."))) {
    raw.set(name.slice(2), [...(raw.get(name.slice(2)) || []), value]);
  }
  const on = given.get("on"), of = given.get("of"), returning = given.get("then") === "check";
  if (on === "picture") raw.set(of, [given.get("picture_alt") || "", ...(raw.get(of) || [])]);
  return {
    at: given.get("at") || "", go: given.get("go") || "next", raw, returning,
    checking: on === "check", contacting: on === "contact", picturing: on === "picture",
  };
}

async function here(all, place, fields) {
  if (place.where === "question") await show(await question(all, place, fields));
  else if (place.where === "check") await show(check(all, place, fields));
  else if (place.where === "picture") await showPicture(all, place, fields);
  else await show(plain(all, place.where, place, fields));
}

async function showPicture(all, place, fields) {
  await show(picture(all, place, fields));
  if (held) (await picturing()).putBack(held);
}

// --- sending

async function send(all, form, fields, place) {
  const given = new Map(fields), first = place.where === "check" && askedFirst(all, given, place);
  if (first) return here(all, first, fields);
  if (place.where !== "check") return here(all, place, fields);
  const shows = given.get("on") === "picture" && held, packed = shows && (await (await picturing()).packed(held, given));
  const pair = given.has("key") || given.get("code") ? null : await spare.take().catch(() => null); // a slip has words of its own
  const key = given.get("key") || pair?.key || crypto.randomUUID();
  if (!given.has("key")) form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "key", value: key }));
  if (shows && !packed) return unshrunk(form, all);
  const end = await queue.handIn(await seal(all.key, envelope(all, given, place, key, packed)));
  if (end.state === "unkept") return unkept(form, packed ? all.says.full : all.says.unkept);
  held = null;
  if (end.state === "kept") return showKept(all, end.id, pair);
  await draft.forget().catch(() => {});
  return end.state === "sent" ? showSent(all, end.receipt) : showRefused(all, end, place, fields);
}

// The place to go by before all is sent: how to reach someone, then the picture. Null where both were there.
function askedFirst(all, given, place) {
  const asked = pictureAsked(all.questions, place.answers), on = given.get("on");
  if (asked && on === "picture") return wrongPicture(all, place, asked);
  const reach = given.get("door") === "contact" && (on === "contact" ? !given.get("c.where").trim() && "contact:wrong" : "contact");
  if (reach) return { ...place, where: reach };
  return asked ? { ...place, where: "picture", question: asked } : null;
}

function wrongPicture(all, place, question) {
  const isPassed = SKIPS.includes(place.answers.get(question.name)?.codes?.[0]);
  if (held && isPassed) return { ...place, where: "picture", question, refused: { why: "answer_and_skip" } };
  return held || kept(all.questions, place.answers).length ? null : { ...place, where: "nothing" };
}

// This phone cannot make it small: it goes straight to the server, or not at all.
function unshrunk(form, all) {
  form.querySelector("[data-lost] span").textContent = all.says.unshrunk;
  pass(form, form.querySelector("button[value=send]"));
}

// Neither gone nor kept: the words stay where they are, and the page says so.
function unkept(form, why) {
  form.querySelector("[data-lost] span").textContent = why;
  lost(form);
}

// Sealed with the rest, and never in a draft.
function contact(given) {
  const said = ["name", "how", "where", "when"].map((name) => [name, given.get(`c.${name}`) || ""]);
  return { ...Object.fromEntries(said), never_home: given.has("c.never_home") };
}

function envelope(all, given, place, key, packed) {
  const answers = Object.fromEntries(kept(all.questions, place.answers)), of = given.get("of");
  if (packed) answers[of] = { picture: { ...packed, ...answers[of] } };
  const code = given.get("code") || null, way = (!code && given.get("way")) || "web"; // a code says by itself which way it came
  return {
    activity: all.slug, key, language: all.language, wording: all.wording, way, code,
    answers,
    ...(given.get("door") && { door: given.get("door") }), ...(given.get("door") === "contact" && { contact: contact(given) }),
  };
}

async function showSent(all, words) {
  await show(receipt(all, "sent", words, await spare.pictures(words)));
}

function showRefused(all, { id, status }, place, fields) {
  queue.forgetRefused(id).catch(() => {}); // it is on the screen
  if (status === 409) return show(plain(all, "different", place, fields.filter(([name]) => name !== "key")));
  return show(all.make(all.part(`refused:${status}`) ? `refused:${status}` : "refused:other"));
}

// It waits, and this page with it: when it goes, the page says so.
async function showKept(all, id, pair) {
  draft.forget().catch(() => {});
  await show(pair ? receipt(all, "kept-words", pair.words, pair.drawn) : all.make("kept"));
  const page = document.querySelector("main");
  page.querySelector("[data-again]").onclick = () => queue.flush(true).catch(() => {});
  const news = ({ detail }) => {
    if (!page.isConnected) return removeEventListener("voice-queue", news);
    if (detail.id !== id || detail.state === "later") return;
    removeEventListener("voice-queue", news);
    if (detail.state === "sent") showSent(all, detail.receipt);
    else showRefused(all, detail, { raw: new Map() }, []);
  };
  addEventListener("voice-queue", news);
}

// --- drafts

function keepDraft(slug, base, fields, { raw, question: { name } }) {
  const along = fields.filter(([each]) => ["w", "way", "code", "seed"].includes(each));
  draft.save(slug, { base, along, raw: [...raw], at: name }).catch(() => {}); // a draft is a help, never a promise
}

async function goOn({ base, along, raw, at }) {
  const all = await bundle(base, new Map(along).get("w"));
  await here(all, walk(all.questions, { at, go: "stay", raw: new Map(raw) }), along);
}

// --- the first page

async function offerDraft(slug) {
  const box = document.querySelector("[data-draft]"), found = await draft.find(slug);
  if (!box) return;
  box.hidden = false;
  const tick = box.querySelector("input");
  tick.checked = Boolean(found);
  tick.onchange = () => (tick.checked ? draft.begin(slug) : draft.forget()).catch(() => { tick.checked = false; });
  const on = document.querySelector("[data-go-on]");
  on.hidden = !found;
  on.querySelector("button").onclick = () => goOn(found).catch(() => {});
}

export function begin() {
  addEventListener("submit", onSubmit, { capture: true });
  document.documentElement.dataset.walk = "here";
  addEventListener("leaving", () => { held = null; draft.forget().catch(() => {}); });
  const first = /^((?:\/[a-z]+)?\/take-part\/([a-z0-9_-]+))$/.exec(location.pathname);
  if (!first) return;
  if (!document.querySelector("[name=w]")) bundle(first[1], null).catch(() => {}); // where an age is picked first, the press brings it
  spare.fill().catch(() => {});
  offerDraft(first[2]).catch(() => {});
}
