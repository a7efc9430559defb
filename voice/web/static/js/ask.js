// Improves the pages on which a young person answers; they work without it.
// The walk stays one entry in the phone's history, the words stay on the screen when the net is gone,
// and nothing is left on the page for the next person.
const $ = (selector, root = document) => root.querySelector(selector);
let busy = false;

function show(page) {
  document.title = page.title;
  for (const sheet of page.querySelectorAll("link[rel=stylesheet]")) {
    if (!$(`link[href="${sheet.getAttribute("href")}"]`)) document.head.append(sheet);
  }
  for (const name of ["lang", "dir"]) document.documentElement[name] = page.documentElement[name];
  for (const part of [".skip", ".bar", "main", ".foot", "body > svg"]) {
    const old = $(part), next = $(part, page);
    if (old && next) old.replaceWith(next);
    else if (next) document.body.append(next);
  }
  scrollTo(0, 0);
  const heading = $("h1");
  heading.tabIndex = -1;
  ($(".errors a") || heading).focus({ preventScroll: true });
  reader();
}

function lost(form) {
  const line = $("[data-lost]", form);
  line.hidden = true;
  setTimeout(() => { line.hidden = false; }, 50); // shown anew, so that it is read out anew
}

addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-walk]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const data = new URLSearchParams(new FormData(form));
  if (button && button.name) data.append(button.name, button.value);
  const to = (button && button.getAttribute("formaction")) || form.getAttribute("action");
  try {
    const reply = await fetch(to, { method: "POST", body: data, cache: "no-store" });
    if (!reply.ok && reply.status !== 409) throw reply.status;
    show(new DOMParser().parseFromString(await reply.text(), "text/html"));
  } catch {
    lost(form);
  }
  busy = false;
});

// Leaving takes the words off the page first, and this page out of the history.
addEventListener("click", (event) => {
  const way = event.target.closest(".leave, [data-leave]");
  if (!way) return;
  $("main").replaceChildren();
  if (way.target == "_top") return;
  event.preventDefault();
  location.replace(way.href);
});
addEventListener("pagehide", () => { for (const part of ["main", "#again"]) if ($(part)) $(part).replaceChildren(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });

// Read aloud, only where a voice lives on this phone: a voice from elsewhere would hear the question.
const speech = window.speechSynthesis;
const language = () => ($("h1 [lang]") || document.documentElement).lang;
const voice = () => speech.getVoices().find((each) => each.localService === true && each.lang.startsWith(language()));

function reader() {
  const button = $("[data-read]");
  if (!button || !speech) return;
  button.hidden = !voice();
  button.onclick = () => {
    speech.cancel();
    const text = [...document.querySelectorAll("h1, .hint, .choice span")].map((each) => each.textContent.trim()).join(". ");
    const said = new SpeechSynthesisUtterance(text);
    said.voice = voice();
    said.lang = language();
    speech.speak(said);
  };
}
if (speech) speech.onvoiceschanged = reader;
reader();
