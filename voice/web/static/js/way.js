// Where a press of a button leads: the phone's twin of voice/listening/walking.py. Nothing is remembered between two pages;
// every page carries all earlier answers, so that the server can take over at any press.
import { asPosted, isPicture, kept, mostRanked, next, pictureAsked, previous, read, shown, SKIPS } from "./walk.js";

const UNANSWERED = [""];

// posted: {at, go, raw: Map, returning, checking, contacting, picturing}.
// Gives {where: start | ages | question | check | contact | picture | nothing, raw, answers, question, refused, returning}.
export function walk(questions, posted) {
  const here = questions.find((question) => question.name === posted.at && !isPicture(question));
  const state = readAll(questions, posted, here);
  const [wish, wanted] = posted.go.split(":");
  if (wish === "check") return check(state);
  if (wish === "change") return change(state, wanted);
  if (wish === "stay") return stay(state, here, posted);
  if (!here) return fromOutside(state, wish);
  if (wish === "pick") return pick(state, here, posted, wanted);
  if (wish === "back") return back(state, here, posted.returning);
  return ["next", "skip"].includes(wish) ? onward(state, here, posted.returning) : place(state, "start");
}

export const answered = (questions, raw) => walk(questions, { at: "", go: "check", raw, returning: false });

function readAll(questions, posted, here) {
  const given = new Map([...posted.raw].filter(([name]) => questions.some((one) => one.name === name)));
  if (here && (posted.go === "skip" || !given.has(here.name))) given.set(here.name, UNANSWERED);
  const { answers, refused } = read(questions, given);
  // Someone who took another age's words may carry a choice that is not offered there: that question is asked anew.
  for (const [name, { why }] of refused) {
    if (why === "unknown_choice" && name !== here?.name) { refused.delete(name); given.delete(name); }
  }
  const raw = new Map([...given].map(([name, values]) => [name, again(questions, name, answers.get(name), values)]));
  return { questions, raw, answers, refused };
}

// What the next page carries: an answer as it was taken, or what could not be taken as it was given.
function again(questions, name, answer, values) {
  if (!answer) return values;
  const posted = asPosted(questions.find((one) => one.name === name), answer);
  return posted.length ? posted : UNANSWERED;
}

// From the start page, or from the check page back to the last question.
function fromOutside(state, wish) {
  if (wish === "next") return at(state, next(state.questions, state.answers));
  if (wish === "back") return back(state, null, false);
  return place(state, wish === "ages" ? "ages" : "start");
}

// The same page again, in another language: nothing is judged, nothing is lost.
function stay(state, here, { returning, checking, contacting, picturing }) {
  const asked = picturing && pictureAsked(state.questions, state.answers);
  if (here) return at(state, here, returning);
  if (contacting) return { ...check(state), where: "contact" };
  if (asked) return place(state, "picture", { question: asked });
  return checking ? check(state) : place(state, "start");
}

// One thing put at the end of an order, or taken out of it.
function pick(state, here, posted, code) {
  let picked = (posted.raw.get(here.name) || []).filter((each) => each && !SKIPS.includes(each));
  if (picked.includes(code)) picked = picked.filter((each) => each !== code);
  else if (picked.length < mostRanked(here) && here.choices.some(({ name }) => name === code)) picked.push(code);
  state.raw.set(here.name, picked.length ? picked : UNANSWERED);
  return { ...at(state, here, posted.returning), touched: code };
}

const place = ({ raw, answers }, where, more = {}) => ({ where, raw, answers, ...more });

// No question left: that is the check page.
function at(state, question, returning = false, refused = null) {
  return question ? place(state, "question", { question, returning, refused }) : check(state);
}

// A question one comes back to shows again why its answer could not be taken.
const anew = (state, question, returning) => at(state, question, returning, question && state.refused.get(question.name));

function check(state) {
  const wrong = shown(state.questions, state.answers).find(({ name }) => state.refused.has(name));
  if (wrong && isPicture(wrong)) return place(state, "picture", { question: wrong, refused: state.refused.get(wrong.name) });
  if (wrong) return anew(state, wrong, true);
  const isSaid = kept(state.questions, state.answers).length || pictureAsked(state.questions, state.answers);
  return place(state, isSaid ? "check" : "nothing");
}

function change(state, name) {
  return anew(state, shown(state.questions, state.answers).find((question) => question.name === name && !isPicture(question)), true);
}

function back(state, here, returning) {
  if (returning) return check(state);
  const before = previous(state.questions, state.answers, here?.name);
  return before ? anew(state, before, false) : place(state, "start");
}

function onward(state, here, returning) {
  if (state.refused.has(here.name)) return anew(state, here, returning);
  return at(state, returning ? unseenAfter(state, here) : next(state.questions, state.answers, here.name), returning);
}

// A changed answer may open a question nobody has seen yet; that one comes before the check page.
function unseenAfter({ questions, raw, answers }, here) {
  const visible = new Set(shown(questions, answers));
  return questions.slice(questions.indexOf(here) + 1).find((question) => visible.has(question) && !raw.has(question.name) && !isPicture(question));
}
