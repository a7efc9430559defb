// Hand-over mode: one phone, many people. Loaded on its pages alone, beside ask.js, which keeps the walk one entry in the history.
// Where nobody touches the phone the page asks, covers what stands there, and then makes room for the next person.
const QUIET = 120_000, LAST = 20_000; // milliseconds; nothing on the page counts them down
const $ = (selector, root = document) => root.querySelector(selector);
const still = () => $("[data-still]"); // each page of the walk brings its own
let touched = Date.now(); // not performance.now(): that stands still while a phone sleeps

function nextPerson() {
  dispatchEvent(new Event("leaving")); // whoever speaks stops, whoever keeps a draft forgets it
  const to = still().dataset.still;
  $("main").replaceChildren();
  location.replace(to);
}

function look() {
  if ($("[data-rest]") || !still()) return; // between two people there is nothing to clear
  const quiet = Date.now() - touched;
  if (quiet >= QUIET + LAST) nextPerson();
  else if (quiet >= QUIET && !still().open) {
    still().showModal();
    $("#still").focus();
  }
}

for (const kind of ["pointerdown", "keydown", "input", "scroll", "submit"]) {
  addEventListener(kind, () => { look(); touched = Date.now(); }, { capture: true, passive: true });
}
addEventListener("click", (event) => event.target.closest("[data-here]") && still().close());
document.addEventListener("visibilitychange", look);
setInterval(look, 1000);

// How many are on this phone, waiting for a signal: a number and no more.
async function waiting() {
  const line = $("[data-queued]");
  if (!line) return;
  try {
    const queue = await import("./queue.js");
    const { waiting: number } = await queue.standing();
    $("b", line).textContent = number;
    line.hidden = !number;
  } catch {
    line.hidden = true; // this phone keeps none
  }
}
waiting();
setInterval(waiting, 5000);

// Receipts for those whose turn comes without a signal: a class's worth, fetched between two turns while there is one.
const CLASS = 32;
if ($("[data-rest]")) import("./spare.js").then(({ fill }) => fill(CLASS)).catch(() => {});

for (const line of document.querySelectorAll("[data-scripts]")) line.hidden = false;
