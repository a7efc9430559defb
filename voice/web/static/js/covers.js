// Covers on a picture at the desk: rings follow the boxes that are ticked; a press on the picture, or the arrow keys, place a new one.
// Everything here can also be done by typing three numbers and sending the form.
const picture = document.querySelector("[data-covers]");
const list = document.querySelector(".list-of-covers");
const fields = ["from_left", "from_top", "how_wide"].map((name) => document.querySelector(`[name=${name}]`));
const SVG = "http://www.w3.org/2000/svg";
const STEP = 2;

const shares = () => fields.map((field) => Math.min(Math.max(Number(field.value) || 0, 0), 100) / 100);
const written = () => shares().map((each) => each.toFixed(4)).join(",");

function drawn(name, [x, y, size]) {
  const { width, height } = picture.viewBox.baseVal;
  const ring = document.createElementNS(SVG, "g");
  const circle = document.createElementNS(SVG, "circle");
  for (const [key, value] of Object.entries({ cx: x * width, cy: y * height, r: (size * width) / 2 })) circle.setAttribute(key, value.toFixed(1));
  ring.append(circle);
  ring.dataset.ring = name;
  return ring;
}

function numbered(ring, number) {
  const { width } = picture.viewBox.baseVal;
  const text = document.createElementNS(SVG, "text");
  const circle = ring.firstChild;
  for (const [key, from] of [["x", "cx"], ["y", "cy"]]) text.setAttribute(key, circle.getAttribute(from));
  text.setAttribute("font-size", (width / 22).toFixed(1));
  text.textContent = number;
  ring.append(text);
}

function rings() {
  return picture.querySelector(".rings");
}

function follow() {
  for (const box of list.querySelectorAll("[name=cover]")) {
    rings().querySelector(`[data-ring="${box.value}"]`)?.classList.toggle("on", box.checked);
  }
}

// Where the new one would be.
function preview() {
  rings().querySelector("[data-ring=new]")?.remove();
  const ring = drawn("new", shares());
  ring.classList.add("new");
  rings().append(ring);
}

function cover() {
  document.querySelector("[name=decision][value=cover]").checked = true;
  document.querySelector(".one-more").open = true;
}

function place(event) {
  const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(picture.getScreenCTM().inverse());
  const { width, height } = picture.viewBox.baseVal;
  if (at.x < 0 || at.y < 0 || at.x > width || at.y > height) return;
  fields[0].value = Math.round((at.x / width) * 100);
  fields[1].value = Math.round((at.y / height) * 100);
  cover();
  preview();
}

function move(event) {
  const by = { ArrowLeft: [0, -STEP], ArrowRight: [0, STEP], ArrowUp: [1, -STEP], ArrowDown: [1, STEP], "+": [2, STEP], "-": [2, -STEP] }[event.key];
  if (event.ctrlKey || event.altKey || event.metaKey || (!by && event.key !== "Enter")) return;
  event.preventDefault();
  if (!by) return add(event);
  const field = fields[by[0]];
  field.value = Math.min(Math.max(Number(field.value) + by[1], 0), 100);
  cover();
  preview();
}

function add(event) {
  const value = written();
  if (shares()[2] < 0.02) return;
  event.preventDefault();
  if (![...list.querySelectorAll("[name=cover]")].some((box) => box.value === value)) {
    const number = list.children.length + 1;
    const row = document.createElement("label");
    row.className = "choice slim";
    const words = document.createElement("span");
    words.textContent = `${list.dataset.words} ${number}`;
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: "cover", value, checked: true });
    row.append(words, box);
    list.append(row);
    const ring = drawn(value, shares());
    numbered(ring, number);
    rings().append(ring);
  }
  rings().querySelector("[data-ring=new]")?.remove();
  follow();
}

if (picture && list && fields.every(Boolean)) {
  picture.setAttribute("tabindex", "0");
  picture.addEventListener("click", place);
  picture.addEventListener("keydown", move);
  for (const field of fields) field.addEventListener("input", preview);
  document.querySelector("[name=add]").addEventListener("click", add);
  list.addEventListener("change", follow);
  follow();
}
