// Shows the drawn person as they are picked; without it, “Show me” does.
addEventListener("change", (event) => {
  const radio = event.target, preview = document.querySelector("#preview svg");
  if (!preview || !radio.closest(".people")) return;
  const small = radio.closest("label").querySelector("svg");
  const shape = `[data-shape="${radio.name}"]`;
  if (small.querySelector(shape) && preview.querySelector(shape)) {
    preview.querySelector(shape).replaceWith(small.querySelector(shape).cloneNode(true));
  }
  const kind = { colour: "c-", background: "b-" }[radio.name];
  if (kind) preview.classList.replace(...[preview, small].map((svg) => [...svg.classList].find((name) => name.startsWith(kind))));
});

export function ready() {
  for (const button of document.querySelectorAll("[data-show]")) button.hidden = true;
}
