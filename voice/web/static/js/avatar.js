// Shows the drawn person as they are picked; without it, “Show me” does.
const preview = document.querySelector("#preview svg");
document.querySelector("[data-show]").hidden = true;

addEventListener("change", (event) => {
  const radio = event.target;
  if (!radio.closest(".people")) return;
  const small = radio.closest("label").querySelector("svg");
  const shape = `[data-shape="${radio.name}"]`;
  if (small.querySelector(shape) && preview.querySelector(shape)) {
    preview.querySelector(shape).replaceWith(small.querySelector(shape).cloneNode(true));
  }
  const kind = { colour: "c-", background: "b-" }[radio.name];
  if (kind) preview.classList.replace(...[preview, small].map((svg) => [...svg.classList].find((name) => name.startsWith(kind))));
});
