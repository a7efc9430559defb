// Reads a page aloud, only when asked and only with a voice that lives on this phone: one from elsewhere would be sent the question.
const speech = window.speechSynthesis;
const base = (code) => code.toLowerCase().split(/[-_]/)[0];
const all = (selector) => [...document.querySelectorAll(selector)];
let turn = 0, used = false;

function voice(language) {
  const here = speech ? speech.getVoices().filter((each) => each.localService === true && base(each.lang) === base(language)) : [];
  return here.find((each) => /^en[-_]gb/i.test(each.lang)) || here[0];
}

function button(speaking) {
  for (const each of all("[data-read]")) {
    each.querySelector("[data-start]").hidden = speaking;
    each.querySelector("[data-stop]").hidden = !speaking;
  }
}

function stop() {
  turn += 1;
  if (speech) speech.cancel();
  for (const each of all(".saying")) each.classList.remove("saying");
  button(false);
}

function read(parts) {
  stop();
  const mine = turn;
  button(true);
  const next = (at) => {
    if (mine !== turn) return; // something else began
    parts[at - 1]?.classList.remove("saying");
    if (at === parts.length) return stop();
    const part = parts[at], language = part.querySelector("[lang]")?.lang || part.closest("[lang]").lang, own = voice(language);
    const said = part.textContent.trim().replace(/\s+/g, " ");
    if (!own || !said) return next(at + 1);
    const words = new SpeechSynthesisUtterance(said);
    words.voice = own;
    words.lang = own.lang;
    words.onend = () => next(at + 1);
    words.onerror = () => { if (mine === turn) stop(); };
    part.classList.add("saying");
    part.scrollIntoView?.({ block: "nearest" });
    speech.speak(words);
  };
  next(0);
}

function show() {
  const silent = !voice(document.documentElement.lang);
  for (const each of all("[data-reader], [data-say-one]")) each.hidden = silent;
  for (const each of all("[data-first]")) each.hidden = used;
}

export function ready() {
  stop();
  show();
}

addEventListener("click", (event) => {
  const whole = event.target.closest?.("[data-read]"), one = event.target.closest?.("[data-say-one]");
  if (!whole && !one) return;
  event.preventDefault();
  if (whole && !whole.querySelector("[data-stop]").hidden) return stop();
  used = true;
  read(whole ? all("main [data-say]") : [one.parentElement.querySelector("[data-say]")]);
});

if (speech) speech.addEventListener?.("voiceschanged", show);
for (const end of ["submit", "pagehide", "leaving", "shown"]) addEventListener(end, stop, true);
document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });
