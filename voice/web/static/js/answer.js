// The answer's form shows only what the chosen answer needs, and asks for a name only of somebody who is new.
// Without this file every part is there, with a hint saying when it counts.
const form = document.querySelector("[data-answer]");
const owner = document.querySelector("[data-owner]");

function show() {
  const chosen = form.querySelector("[name=state]:checked")?.value;
  for (const part of form.querySelectorAll("[data-only]")) {
    part.hidden = !part.dataset.only.split(" ").includes(chosen);
  }
}

function invite() {
  owner.querySelector("[data-invite]").hidden = owner.elements.owner.value !== "invite";
}

form.addEventListener("change", show);
show();
if (owner) {
  owner.addEventListener("change", invite);
  invite();
}
