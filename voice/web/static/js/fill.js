// Pages out of the bundle: the server's own templates, with what is one person's own filled in. Nothing here makes words;
// everything someone wrote goes in as text, never as markup.
import { inOrder, isAsked, isPicked, isPicture, pictureAsked, piped, shown, SKIPS, step } from "./walk.js";

const $ = (selector, root) => root.querySelector(selector);
const $$ = (selector, root) => [...root.querySelectorAll(selector)];

export class Bundle {
  constructor(page) {
    this.page = page;
    Object.assign(this, JSON.parse($("#all", page).textContent)); // questions, key, says, marks, slug, language, wording, digest
  }

  part(name) {
    return $(`template[data-part="${name}"]`, this.page);
  }

  // A whole page, as the server would have sent it.
  make(name) {
    const part = this.part(name), made = this.page.cloneNode(true);
    $$("template, #all", made).forEach((each) => each.remove());
    $("main", made).replaceWith(made.importNode($("main", part.content), true));
    for (const sheet of $$("link", part.content)) made.head.append(made.importNode(sheet, true));
    made.title = part.dataset.title;
    if (!$("#walk", made)) $("#languages", made)?.remove(); // nothing to send: a change of language would lose this page
    return made;
  }

  // Puts words where the template has marks: mark name to words.
  fill(root, words) {
    const marks = Object.entries(words).map(([name, text]) => [this.marks[name], text]);
    const filled = (text) => marks.reduce((all, [mark, said]) => all.replaceAll(mark, said), text);
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = filled(texts.currentNode.data);
    return filled;
  }

  // Fills in the labels of what was picked before: ${name}.
  pipe(root, answers) {
    const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      if (texts.currentNode.data.includes("${")) texts.currentNode.data = piped(texts.currentNode.data, this.questions, answers);
    }
  }
}

// --- what goes along

const OWN = ["at", "go", "then", "on", "of"];

function hidden(form, name, value) {
  const field = document.createElement("input");
  Object.assign(field, { type: "hidden", name, value });
  form.append(field);
}

// Every earlier answer, and what a visit carries (whose words, which order, which way in, the submission's key).
function carry(form, place, fields) {
  for (const [name, values] of place.raw) {
    if (name !== place.question?.name) for (const value of values) hidden(form, `a.${name}`, value);
  }
  for (const [name, value] of fields) {
    if (/^(a\.|picture)/.test(name) || OWN.includes(name)) continue;
    const shown = $$(`[name="${name}"]:not([type=hidden], button)`, form); // the page itself asks for it
    if (shown.length) shown.forEach((each) => put(each, value));
    else {
      $$(`input[type=hidden][name="${name}"]`, form).forEach((each) => each.remove());
      hidden(form, name, value);
    }
  }
}

const put = (field, value) => (field.matches("[type=text]") ? (field.value = value) : (field.checked = field.value === value));

// --- one question

export async function question(bundle, place, fields) {
  const { question: asked, refused } = place, page = bundle.make(`${refused ? "wrong" : "ask"}:${asked.name}`), main = $("main", page);
  const [number, total] = step(bundle.questions, place.answers, asked.name);
  const filled = bundle.fill(main, { number, total, why: refused ? sentence(bundle, asked, refused) : "" });
  page.title = filled(page.title);
  bundle.pipe(main, place.answers);
  dots(main, number, total);
  await order(main, asked, new Map(fields).get("seed"));
  choose(main, asked, place.raw.get(asked.name) || []);
  if (place.returning) returning(bundle, main);
  carry($("form", main), place, fields);
  return page;
}

function sentence(bundle, asked, { why, ...fills }) {
  const said = why === "constraint" ? asked.message : bundle.says.refused[why];
  return said.replace(/%\((\w+)\)s/g, (_, name) => fills[name]);
}

function dots(main, number, total) {
  const row = $(".dots", main);
  for (let n = 1; row && n <= total; n += 1) {
    row.append(Object.assign(document.createElement("i"), { className: n === number ? "now" : n < number ? "been" : "" }));
  }
}

async function order(main, asked, seed) {
  if (!asked.randomize) return;
  const rows = $$(".choices > *", main), codes = await inOrder(asked, seed || "");
  const at = (row) => codes.indexOf(codeOf(row));
  rows.sort((a, b) => at(a) - at(b)).forEach((row) => row.parentNode.append(row));
}

function codeOf(row) {
  const control = row.matches("button") ? row : $("input, button.choice", row);
  return control.value.replace(/^pick:/, "");
}

function choose(main, asked, values) {
  const typed = isPicked(asked) ? null : $("textarea, input[type=text]", main), codes = typed ? values.slice(1) : values;
  if (typed) typed.value = values[0] || "";
  for (const box of $$("input[type=radio], input[type=checkbox]", main)) box.checked = codes.includes(box.value);
  if (asked.type === "rank") rank(main, asked, values.filter((code) => code && !SKIPS.includes(code)));
}

function rank(main, asked, picked) {
  for (const code of picked) hidden($("[data-rank-picks]", main), `a.${asked.name}`, code);
  for (const button of $$('button[value^="pick:"]', main)) {
    const place = picked.indexOf(codeOf(button)) + 1, badge = $("[data-place]", button);
    button.setAttribute("aria-pressed", String(place > 0));
    badge.hidden = !place;
    $("b", badge).textContent = place || "";
  }
  $("[data-rank-says]", main).replaceChildren(...$(`[data-rank-lines] > :nth-child(${picked.length + 1})`, main).cloneNode(true).childNodes);
}

function returning(bundle, main) {
  const button = $("button[value=back]", main);
  button.replaceChildren(...$$("svg", button), bundle.says.back);
  hidden($("form", main), "then", "check");
}

// --- the others

export function plain(bundle, name, place, fields) {
  const page = bundle.make(name), form = $("form", page);
  if (form) carry(form, place, fields);
  const isMore = Boolean(place.answers && pictureAsked(bundle.questions, place.answers));
  for (const words of $$("[data-last], [data-more]", page)) words.hidden = isMore === words.matches("[data-last]");
  return page;
}

// The question that asks for a picture. The picture itself is put back by whoever holds it.
export function picture(bundle, place, fields) {
  const { question: asked, refused } = place, page = bundle.make(refused ? "picture:wrong" : "picture"), main = $("main", page);
  const [number, total] = step(bundle.questions, place.answers, asked.name);
  page.title = bundle.fill(main, { number, total, why: refused ? sentence(bundle, asked, refused) : "" })(page.title);
  bundle.pipe(main, place.answers);
  dots(main, number, total);
  const [said = "", ...codes] = place.raw.get(asked.name) || [];
  $("#picture_alt", main).value = said;
  for (const box of $$(`[name="a.${asked.name}"]`, main)) box.checked = codes.includes(box.value);
  carry($("form", main), place, fields);
  return page;
}

export function check(bundle, place, fields) {
  const page = plain(bundle, "check:none", place, fields), list = $("dl", page);
  const asked = shown(bundle.questions, place.answers).filter((one) => isAsked(one) && !isPicture(one));
  list.replaceChildren(...asked.map((one, at) => line(bundle, one, place.answers.get(one.name) || {}, at + 1)));
  bundle.pipe(list, place.answers);
  return page;
}

// A line in the shape that fits the answer. Words go in last, so that nothing in them is taken for a mark.
function line(bundle, asked, answer, number) {
  const codes = answer.codes || [], isPassed = SKIPS.includes(codes[0]), said = answer.words || answer.number?.toString();
  const shape = said ? "said" : isPassed ? "passed" : codes.length ? "picked" : "none";
  const row = $(`[data-line="${asked.name}"]`, bundle.part(`check:${shape}`).content).cloneNode(true);
  if (codes.length) only(row, isPassed ? SKIPS : asked.choices.map(({ name }) => name), codes);
  bundle.fill(row, { number });
  bundle.fill(row, { said: said || "" });
  return row;
}

function only(row, all, codes) {
  const shownRows = $$(".row, .ranked > li", row), kept = codes.map((code) => shownRows[all.indexOf(code)]);
  const around = kept[0].parentNode;
  shownRows.forEach((each) => each.remove());
  around.append(...kept);
}

const DATE = { day: "numeric", month: "long", year: "numeric" };

// The receipt in another language comes from the server, which is asked for it by the receipt words.
function again(bundle, words) {
  const tongues = $("#languages", bundle.page)?.cloneNode(true), page = bundle.make("sent"), form = document.createElement("form");
  if (!tongues) return page;
  Object.assign(form, { id: "again", method: "post" }).dataset.walk = "";
  words.forEach((word) => hidden(form, "word", word));
  if (bundle.wording) hidden(form, "w", bundle.wording);
  for (const [name, value] of bundle.along) hidden(form, name, value);
  for (const button of $$("button", tongues)) {
    button.value = "again";
    button.setAttribute("form", "again");
    button.setAttribute("formaction", button.getAttribute("formaction").replace(/(answers|check)$/, "sent"));
  }
  tongues.prepend(form);
  $("#menu", page).before(tongues);
  return page;
}

export function receipt(bundle, name, words, drawn = {}) {
  const page = name === "sent" ? again(bundle, words) : bundle.make(name), list = $(".receipt ol", page);
  const [sample] = list ? list.children : [];
  list?.replaceChildren(...words.map((word) => {
    const item = sample.cloneNode(true), picture = document.createElement("template");
    picture.innerHTML = drawn[word] || ""; // our own drawing, from our own server
    if (drawn[word]) $("svg", item).replaceWith(picture.content);
    bundle.fill(item, { said: word });
    return item;
  }));
  const language = document.documentElement.lang;
  bundle.fill($("main", page), { day: new Intl.DateTimeFormat(language === "en" ? "en-GB" : language, DATE).format(new Date()) });
  return page;
}
