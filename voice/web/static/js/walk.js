// The rules of an instrument, as the phone works them out: what is asked next, what counts as an answer.
// Says the same as voice/asking/rules.py, rule for rule; tests/rooms/listening/walk_cases.json holds both to one table.
// An answer is {codes}, {words}, {number}, or {} when it was passed over. A refusal is {why, ...what fills its sentence}.
export const SKIPS = ["dont_know", "rather_not"];
const LONGEST_WORDS = 10000, LONGEST_NUMBER = 12;
const TURNING = /[\u202a-\u202e\u2066-\u2069\ufeff]/g; // marks that turn the direction of a whole line
const SIGNS = { "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b };

export const isAsked = (question) => question.type !== "note";
export const isPicture = (question) => ["draw", "image"].includes(question.type); // asked once the others were checked
export const isPicked = (question) => ["select_one", "select_multiple", "rank"].includes(question.type);
export const isEmpty = (answer) => !answer || (!answer.codes?.length && !answer.words && answer.number === undefined);
const isSkipped = (answer) => isEmpty(answer) || SKIPS.includes(answer.codes?.[0]);

// --- conditions

function operand(one, values) {
  if (!Array.isArray(one)) return one;
  const found = values.get(one[1]) ?? "";
  if (one[0] === "count-selected") return Array.isArray(found) ? found.length : Number(found !== "");
  return Array.isArray(found) ? found.join(" ") : found;
}

function compare(sign, left, right) {
  if (sign === "=") return left === right;
  if (sign === "!=") return left !== right;
  return typeof left === "number" && typeof right === "number" && SIGNS[sign](left, right);
}

function selected(name, code, values) {
  const picked = values.get(name) ?? [];
  return Array.isArray(picked) ? picked.includes(code) : picked === code;
}

export function holds([sign, ...parts], values) {
  if (sign === "and") return parts.every((part) => holds(part, values));
  if (sign === "or") return parts.some((part) => holds(part, values));
  if (sign === "not") return !holds(parts[0], values);
  if (sign === "selected") return selected(parts[0], parts[1], values);
  return compare(sign, operand(parts[0], values), operand(parts[1], values));
}

function namesIn(condition) {
  if (!Array.isArray(condition)) return [];
  const [sign, ...parts] = condition;
  if (["name", "count-selected", "selected"].includes(sign)) return [parts[0]];
  return parts.flatMap(namesIn);
}

// --- which questions

function valueOf(question, answer) {
  if (isSkipped(answer)) return "";
  if (answer.codes?.length) return question.type === "select_one" ? answer.codes[0] : answer.codes;
  return answer.words || answer.number;
}

export function shown(questions, answers) {
  const values = new Map();
  return questions.filter((question) => {
    if (question.relevant && !holds(question.relevant, values)) return false;
    if (answers.has(question.name)) values.set(question.name, valueOf(question, answers.get(question.name)));
    return true;
  });
}

export function kept(questions, answers) {
  const asked = shown(questions, answers).filter(isAsked);
  return asked.filter(({ name }) => !isEmpty(answers.get(name))).map(({ name }) => [name, answers.get(name)]);
}

const placeOf = (questions, name) => questions.findIndex((question) => question.name === name);

export function next(questions, answers, after) {
  const visible = new Set(shown(questions, answers));
  return questions.slice(after ? placeOf(questions, after) + 1 : 0).find((question) => visible.has(question) && !isPicture(question));
}

export function previous(questions, answers, before) {
  const visible = new Set(shown(questions, answers));
  const earlier = questions.slice(0, before ? placeOf(questions, before) : undefined);
  return earlier.filter((question) => visible.has(question) && !isPicture(question)).pop();
}

export const pictureAsked = (questions, answers) => shown(questions, answers).find(isPicture);

export function step(questions, answers, at) {
  const place = placeOf(questions, at);
  const visible = new Set(shown(questions, answers));
  const undecided = new Set(questions.slice(place).map(({ name }) => name));
  const isOpen = (question) => namesIn(question.relevant).some((name) => undecided.has(name));
  const number = questions.slice(0, place + 1).filter((question) => isAsked(question) && visible.has(question)).length;
  const coming = questions.slice(place + 1).filter((question) => isAsked(question) && (visible.has(question) || isOpen(question)));
  return [number, number + coming.length];
}

// --- what was given

export function clean(question, raw) {
  if (question.type === "note") return {};
  return isPicked(question) ? picked(question, raw.filter(Boolean)) : typed(question, raw);
}

function picked(question, raw) {
  const known = question.choices.map(({ name }) => name);
  const real = new Set(raw.filter((code) => !SKIPS.includes(code))), skips = SKIPS.filter((code) => raw.includes(code));
  if ([...real].some((code) => !known.includes(code))) return { why: "unknown_choice" };
  if (real.size && skips.length) return { why: "answer_and_skip" };
  const wrong = together(question, real);
  if (wrong) return wrong;
  const codes = [...new Set((question.type === "rank" ? raw : known).filter((code) => real.has(code)))];
  return codesOnly(codes.length ? codes : skips.slice(-1));
}

const codesOnly = (codes) => (codes.length ? { codes } : {});

function together(question, codes) {
  if (codes.size < 2) return null;
  if (question.type === "select_one") return { why: "one_only" };
  if (question.choices.some(({ name, alone }) => alone && codes.has(name))) return { why: "alone" };
  return question.type === "rank" && codes.size > mostRanked(question) ? { why: "at_most", most: mostRanked(question) } : null;
}

export const mostRanked = ({ end, choices }) => Math.min(end || choices.length, choices.length);

function typed(question, raw) {
  const box = raw.length ? tidy(raw[0], ["line", "number"].includes(question.kind)) : "", skips = raw.slice(1).filter(Boolean);
  if (box.why) return box;
  if (skips.some((code) => !SKIPS.includes(code))) return { why: "unknown_choice" };
  if (box && skips.length) return { why: "answer_and_skip" };
  if (!box) return codesOnly(skips.slice(-1));
  return question.type === "integer" ? number(question, box) : { words: box };
}

function number({ start, end }, text) {
  const digits = [...text.replace(/^-/, "")];
  if (!digits.length || digits.length > LONGEST_NUMBER || !digits.every((sign) => /\p{Nd}/u.test(sign))) return { why: "number" };
  const size = digits.reduce((sum, sign) => sum * 10 + digit(sign), 0), found = text.startsWith("-") ? 0 - size : size;
  const inside = (start ?? found) <= found && found <= (end ?? found);
  return inside ? { number: found } : { why: "range", start: start ?? 0, end: end ?? 0 };
}

// Every script's ten digits stand in a row, and rows that touch begin at a multiple of ten.
function digit(sign) {
  let start = sign.codePointAt(0);
  while (/\p{Nd}/u.test(String.fromCodePoint(start - 1))) start -= 1;
  return (sign.codePointAt(0) - start) % 10;
}

export function tidy(text, oneLine) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\t/g, " ");
  const plain = lines.replace(/[\p{Cc}\p{Cs}]/gu, (sign) => (sign === "\n" ? sign : "")).replace(TURNING, "");
  const tooLong = (words) => ({ why: "too_long", most: LONGEST_WORDS, length: [...words].length });
  if ([...plain].length > 4 * LONGEST_WORDS) return tooLong(plain);
  const words = (oneLine ? plain.trim().split(/\s+/).join(" ") : plain).normalize("NFC").trim();
  return [...words].length > LONGEST_WORDS ? tooLong(words) : words;
}

// raw: Map of question name to the list of values posted. Gives the answers that can be taken, and why the others cannot.
export function read(questions, raw) {
  const answers = new Map(), refused = new Map();
  for (const question of questions.filter(({ name }) => raw.has(name))) {
    const found = clean(question, raw.get(question.name));
    const wrong = found.why ? found : overTheLimit(questions, question, found, answers);
    if (wrong) refused.set(question.name, wrong);
    else answers.set(question.name, found);
  }
  return { answers, refused };
}

function overTheLimit(questions, question, answer, before) {
  if (!question.constraint || isSkipped(answer)) return null;
  const given = shown(questions, before).filter(({ name }) => before.has(name));
  const values = new Map(given.map((one) => [one.name, valueOf(one, before.get(one.name))]));
  values.set(".", valueOf(question, answer));
  return holds(question.constraint, values) ? null : { why: "constraint" };
}

export function asPosted(question, answer) {
  if (isPicked(question) || isEmpty(answer)) return answer.codes || [];
  return [answer.number === undefined ? answer.words || "" : String(answer.number), ...(answer.codes || [])];
}

// --- words and order

export function piped(text, questions, answers) {
  return text.replace(/\$\{([a-z][a-z0-9_]*)\}/g, (_, name) => labelOf(questions.find((one) => one.name === name), answers.get(name)));
}

function labelOf(question, answer) {
  if (!question || isSkipped(answer)) return "";
  return answer.number === undefined ? question.choices.find(({ name }) => name === answer.codes?.[0])?.label || "" : String(answer.number);
}

// The same seed gives the same order, here and on the server.
export async function inOrder({ name: asked, choices, randomize }, seed) {
  if (!randomize) return choices.map(({ name }) => name);
  const loose = choices.filter(({ fixed }) => !fixed);
  const marks = new Map(await Promise.all(loose.map(async ({ name }) => [name, await digest(`${seed}/${asked}/${name}`)])));
  loose.sort((a, b) => (marks.get(a.name) < marks.get(b.name) ? -1 : 1));
  return choices.map((choice) => (choice.fixed ? choice : loose.shift()).name);
}

async function digest(text) {
  const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
