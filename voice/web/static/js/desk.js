// Keys for the officer's desk. Every key presses something that is on the page, so nothing here is needed to work.
// Never while typing in a field, never together with Ctrl, Alt or the command key; and they can be switched off (WCAG 2.1.4).
const desk = document.querySelector("[data-desk]");
const STORE = "voice-desk-keys";
const TYPING = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";

const keysAreOn = () => localStorage.getItem(STORE) !== "off";

function press(key) {
  const found = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
  if (!found) return false;
  found.click();
  const opened = found.matches("summary") && found.parentElement.open ? found.parentElement : found;
  opened.querySelector("input:not([type=hidden]), textarea")?.focus();
  return true;
}

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter((row) => row.checkVisibility?.() ?? true);
}

function toRow(step) {
  const all = rows();
  const at = all.findIndex((row) => row.classList.contains("here"));
  const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
  all[at]?.classList.remove("here");
  next?.classList.add("here");
  (next?.querySelector("input") ?? next)?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function rowKey(key) {
  if (!rows().length) return false;
  if (key === "j" || key === "k") toRow(key === "j" ? 1 : -1);
  else if (key === "m") document.querySelector("[data-row].here input")?.click();
  else return false;
  return true;
}

function onKey(event) {
  if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.target.matches(TYPING)) return;
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (key === "Enter" && event.target.matches("a, button, summary")) return;
  // In a form with a button of its own, Enter presses that one, as it does without this script.
  if (key === "Enter" && event.target.form && !event.target.form.querySelector("[data-key=Enter]")) return;
  if (key !== "?" && !keysAreOn()) return;
  if (rowKey(key) || press(key)) event.preventDefault();
}

// “None of these” and a tag rule each other out.
function onTag({ target }) {
  if (target.name !== "tag" || !target.checked) return;
  for (const other of target.form.querySelectorAll("[name=tag]")) {
    if (other !== target && (target.value === "none" || other.value === "none")) other.checked = false;
  }
}

// One tick for a whole bunch; taking one of them off takes that tick off too, so that what is sent is what is seen.
function onBunch({ target }) {
  const bunch = target.closest("[data-bunch]");
  if (!bunch) return;
  const all = bunch.querySelector("[data-all-of]");
  const each = [...bunch.querySelectorAll("input[type=checkbox]")].filter((box) => box !== all);
  if (target === all) for (const box of each) box.checked = all.checked;
  else all.checked = each.every((box) => box.checked);
}

// After something was done the reader begins at the next view, not at the top of the menu.
function land() {
  const heading = document.querySelector("main h1");
  if (!heading || document.activeElement !== document.body || !/[?&](done|cleared|undo)=/.test(location.search)) return;
  heading.tabIndex = -1;
  heading.focus({ preventScroll: true });
}

// Words marked in the text with the mouse or the keyboard, or dotted words that are pressed, go to what is taken out.
function takeOut(words) {
  const parts = document.querySelector("#parts");
  const box = [...document.querySelectorAll("[name=mark]")].find((each) => each.value === words);
  if (box) box.checked = !box.checked;
  else if (words && !parts.value.split("\n").includes(words)) parts.value = [parts.value.trim(), words].filter(Boolean).join("\n");
  preview();
}

function chosenWords() {
  const chosen = window.getSelection();
  const text = document.querySelector(".voice .raw");
  return text && chosen.rangeCount && text.contains(chosen.anchorNode) && text.contains(chosen.focusNode) ? chosen.toString().trim() : "";
}

function preview() {
  const text = document.querySelector(".voice .raw");
  const left = document.querySelector("#left");
  const typed = document.querySelector("#parts").value.split("\n");
  const ticked = [...document.querySelectorAll("[name=mark]:checked")].map((each) => each.value);
  const parts = [...ticked, ...typed].map((part) => part.trim()).filter(Boolean).sort((a, b) => b.length - a.length);
  let words = text.textContent;
  for (const part of parts) {
    const plain = part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
    const alone = part.length < 4 ? `(?<![\\p{L}\\p{N}_])${plain}(?![\\p{L}\\p{N}_])` : plain;
    words = words.replaceAll(new RegExp(alone, "giu"), "[…]");
  }
  const shown = document.createElement("p");
  shown.className = "raw note";
  shown.dir = "auto";
  shown.textContent = words;
  left.replaceChildren(...(parts.length ? [shown] : []));
}

// All dotted words at once; a second press lets them all be again.
function markAll(event) {
  event.preventDefault();
  const boxes = [...document.querySelectorAll("[name=mark]")];
  const wanted = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = wanted;
  document.querySelector("[name=decision][value=redact]").checked = true;
  preview();
}

function redacting() {
  const parts = document.querySelector("#parts");
  if (!parts) return;
  parts.addEventListener("input", preview);
  for (const box of document.querySelectorAll("[name=mark]")) box.addEventListener("change", preview);
  document.querySelector("[data-all]")?.addEventListener("click", markAll);
  document.querySelector("[name=decision][value=redact]").addEventListener("change", () => {
    const words = chosenWords();
    if (words) takeOut(words);
  });
  for (const dotted of document.querySelectorAll(".voice .raw mark")) {
    dotted.addEventListener("click", () => {
      document.querySelector("[name=decision][value=redact]").checked = true;
      takeOut(dotted.textContent);
    });
  }
}

// A box to find a priority in a long plan.
function filtering(details) {
  const field = document.createElement("input");
  field.type = "search";
  field.setAttribute("aria-label", details.dataset.filter);
  field.placeholder = details.dataset.filter;
  field.addEventListener("input", () => {
    const wanted = field.value.toLowerCase();
    for (const row of details.querySelectorAll(".choice")) row.hidden = !row.textContent.toLowerCase().includes(wanted);
  });
  field.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  details.querySelector(".suggest").before(field);
  details.addEventListener("toggle", () => details.open && field.focus());
}

function keySwitch() {
  const keys = document.querySelector("[data-keys]");
  if (!keys) return;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "text";
  const say = () => {
    button.textContent = keysAreOn() ? desk.dataset.off : desk.dataset.on;
  };
  button.addEventListener("click", () => {
    localStorage.setItem(STORE, keysAreOn() ? "off" : "on");
    say();
  });
  say();
  keys.append(button);
}

if (desk) {
  document.addEventListener("keydown", onKey);
  document.addEventListener("change", onTag);
  document.addEventListener("change", onBunch);
  document.querySelectorAll("[data-filter]").forEach(filtering);
  land();
  redacting();
  keySwitch();
}
