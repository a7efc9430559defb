// “Leave this page” takes the words off the screen at once, and this page out of the history, before it goes. It is a plain
// link without this. On a keyboard, Shift three times does the same (the pattern of GOV.UK's exit control).
const SOON = 5000; // ms between two presses, at most
const TIMES = 3;
let pressed = 0, last = 0, alone = false;

function leave({ href, target }) {
  dispatchEvent(new Event("leaving")); // whoever speaks stops, whoever keeps a draft forgets it
  document.title = "…";
  document.body.replaceChildren();
  (target === "_top" ? top : self).location.replace(href); // out of another site's frame too
}

function say(left) {
  const line = document.querySelector("[data-shift]");
  if (line) line.textContent = left ? line.dataset[left === 1 ? "once" : "twice"] : "";
}

function forget() {
  pressed = 0;
  say(0);
}

addEventListener("click", (event) => {
  const way = event.target.closest?.(".leave, [data-leave]");
  if (!way) return;
  if (way.target === "_top") return document.body.replaceChildren(); // in a frame, the page around it goes too
  event.preventDefault();
  leave(way);
});

// Shift held for a capital letter is no press.
addEventListener("keydown", (event) => {
  alone = event.key === "Shift" && !event.ctrlKey && !event.altKey && !event.metaKey;
  if (!alone && pressed) forget();
});

addEventListener("keyup", (event) => {
  const way = document.querySelector(".leave");
  if (event.key !== "Shift" || !alone || !way) return;
  pressed = event.timeStamp - last < SOON ? pressed + 1 : 1;
  last = event.timeStamp;
  if (pressed === TIMES) leave(way);
  else say(TIMES - pressed);
  setTimeout(() => { if (pressed && performance.now() - last >= SOON) forget(); }, SOON);
});

// Where nobody has keys, nobody is told about them.
function keys() {
  for (const each of document.querySelectorAll("[data-keys]")) each.hidden = !matchMedia("(any-hover: hover) and (any-pointer: fine)").matches;
}
addEventListener("shown", keys);
keys();
