// A picture that answers a question: which way it is made, and how it goes along with the rest. It stays in this page's memory alone,
// until it is sealed with everything else (local.js).
import { asText, LARGEST, settled } from "./picture.js";

const $$ = (selector, root) => [...root.querySelectorAll(selector)];
const inputs = (form) => $$("input[type=file][name=picture]:not(:disabled)", form);
const fileIn = (form) => inputs(form).map(({ files }) => files[0]).find(Boolean) || null;

// --- the ways to make it: on the screen, on paper. What is not shown is not sent.

function show(main, wanted) {
  for (const way of $$("[data-way]", main)) {
    way.hidden = way.dataset.way !== wanted;
    for (const field of $$("input", way)) field.disabled = way.hidden;
  }
  for (const button of $$("[data-to-way]", main)) button.setAttribute("aria-pressed", String(button.dataset.toWay === wanted));
}

export function ready() {
  const main = document.querySelector("main"), ways = main.querySelector("[data-ways]:not([data-ready])");
  if (!ways || !main.querySelector("[data-board][data-ready]")) return; // no board on this phone: paper is the way
  ways.dataset.ready = "";
  ways.hidden = false;
  ways.onclick = ({ target }) => {
    const button = target.closest("[data-to-way]");
    if (button) show(main, button.dataset.toWay);
  };
  show(main, inputs(main.querySelector('[data-way="paper"]')).some(({ files }) => files.length) ? "paper" : "screen");
}

// --- going along

// The file of this form once nothing more is done to it, or null.
export async function taken(form) {
  await settled(form);
  return fileIn(form);
}

// As it goes into an envelope; null where the phone could not make it small.
export async function packed(file, given) {
  if (file.size > LARGEST) return null;
  const turn = Number(given.get("picture_turn")) || 0;
  return { data: await asText(file), ...(turn && { turn }), ...(given.has("picture_cover") && { cover_faces: true }) };
}

// The page is shown again, in another language or after a slip: the picture is still there.
export function putBack(file) {
  const main = document.querySelector("main"), way = main.querySelector('[data-way="paper"]'), held = new DataTransfer();
  if (!way) return;
  if (main.querySelector("[data-ways][data-ready]")) show(main, "paper");
  held.items.add(file);
  const [input] = inputs(way);
  input.files = held.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}
