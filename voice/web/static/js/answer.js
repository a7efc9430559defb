// The answer's form shows only what the chosen answer needs. Without this file every part is there, with a hint saying when it counts.
const form = document.querySelector("[data-answer]");

function show() {
  const chosen = form.querySelector("[name=state]:checked")?.value;
  for (const part of form.querySelectorAll("[data-only]")) {
    part.hidden = !part.dataset.only.split(" ").includes(chosen);
  }
}

form.addEventListener("change", show);
show();
