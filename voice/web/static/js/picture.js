// A picture from the phone: shrunk before it is sent, turned, cut, a face covered; by touch, by buttons and by keys. The file the form
// sends is what the screen shows. Without this the file goes as it is, and a person does the rest.
import { INK, sticker } from "./stickers.js";

export const LARGEST = 300000; // bytes
const EDGES = [1600, 1280, 1024, 800, 640], QUALITIES = [0.86, 0.72, 0.58], SHOWN = 1000, MOST_EDGE = 2400;
const STEP = 0.04, CLOSEST = 5;
const WAYS = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] };
export const KEYS = { ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
const pending = new Map(); // a form: the work its picture still needs before it may be sent
export const within = (least, value, most) => Math.min(Math.max(value, least), most);

// --- the file in the form

export function mayReplace() {
  try {
    const box = Object.assign(document.createElement("input"), { type: "file" });
    put(box, new Blob(["x"], { type: "image/webp" }));
    return box.files.length === 1;
  } catch {
    return false;
  }
}

function put(input, blob) {
  const held = new DataTransfer();
  held.items.add(new File([blob], blob.type === "image/webp" ? "picture.webp" : "picture.jpg", { type: blob.type }));
  input.files = held.files;
}

// draw(context, width, height) draws the picture at any size. Gives the largest that is small enough.
export async function small(draw, width, height) {
  for (const edge of EDGES) {
    const share = Math.min(1, edge / Math.max(width, height)), canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(width * share));
    canvas.height = Math.max(1, Math.round(height * share));
    draw(canvas.getContext("2d"), canvas.width, canvas.height);
    for (const quality of QUALITIES) {
      const made = await asBlob(canvas, quality);
      if (made.size <= LARGEST) return made;
    }
  }
  throw new Error("too large");
}

async function asBlob(canvas, quality) {
  for (const kind of ["image/webp", "image/jpeg"]) {
    const made = await new Promise((done) => canvas.toBlob(done, kind, quality));
    if (made?.type === kind) return made;
  }
  throw new Error("no picture");
}

// What is drawn becomes what is sent, a moment after the last change. Where that fails nothing is sent in its place: a face that was
// covered on the screen must not go uncovered.
export function keeper(form, inputs, make) {
  let planned = 0, turn = 0;
  const work = async (mine) => {
    const blob = await make().catch(() => null);
    if (mine !== turn) return;
    for (const input of inputs) input.value = "";
    if (blob) put(inputs[0], blob);
    pending.delete(form);
  };
  return () => {
    const mine = ++turn;
    clearTimeout(planned);
    pending.set(form, () => { clearTimeout(planned); return work(mine); });
    planned = setTimeout(() => pending.get(form)?.(), 400);
  };
}

// To be waited for before a form is read.
export const settled = async (form) => pending.get(form)?.();

// The file of a form, or null; as base64 for an envelope.
export const fileOf = (form) => [...form.querySelectorAll("input[type=file]")].map((input) => input.files[0]).find(Boolean) || null;

export async function asText(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  let text = "";
  for (let at = 0; at < bytes.length; at += 24576) text += btoa(String.fromCharCode(...bytes.subarray(at, at + 24576)));
  return text;
}

addEventListener("submit", (event) => {
  const form = event.target, button = event.submitter;
  if (!pending.has(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  settled(form).then(() => form.requestSubmit(button));
}, { capture: true });

// --- the picture as it is now. Places are shares of the turned picture, sizes of its longer edge.

class Picture {
  constructor(bitmap) {
    this.bitmap = bitmap;
    this.anew();
  }

  anew() {
    Object.assign(this, { quarter: 0, zoom: 1, x: 0.5, y: 0.5, covers: [], held: null });
  }

  get width() { return this.quarter % 2 ? this.bitmap.height : this.bitmap.width; }
  get height() { return this.quarter % 2 ? this.bitmap.width : this.bitmap.height; }

  turn(clockwise) {
    this.quarter = (this.quarter + (clockwise ? 1 : 3)) % 4;
    for (const each of [this, ...this.covers]) [each.x, each.y] = clockwise ? [1 - each.y, each.x] : [each.y, 1 - each.x];
  }

  move(way, far = STEP) {
    const [x, y] = WAYS[way], what = this.held;
    if (what) this.place(what.x + (x * far) / this.zoom, what.y + (y * far) / this.zoom);
    else this.look(this.x + (x * far) / this.zoom, this.y + (y * far) / this.zoom);
  }

  place(x, y) {
    Object.assign(this.held, { x: within(0, x, 1), y: within(0, y, 1) });
  }

  look(x, y) {
    const half = 0.5 / this.zoom;
    this.x = within(half, x, 1 - half);
    this.y = within(half, y, 1 - half);
  }

  size(more) {
    if (this.held) this.held.size = within(0.04, this.held.size * (more ? 1.15 : 1 / 1.15), 1);
    else { this.zoom = within(1, this.zoom * (more ? 1.2 : 1 / 1.2), CLOSEST); this.look(this.x, this.y); }
  }

  // Where a point of the canvas (in shares) is in the picture.
  at(x, y) {
    return [this.x + (x - 0.5) / this.zoom, this.y + (y - 0.5) / this.zoom];
  }

  near(x, y) {
    const far = ({ x: left, y: top }) => Math.hypot((left - x) * this.width, (top - y) * this.height);
    return this.covers.filter((each) => far(each) < (each.size * Math.max(this.width, this.height)) / 2).pop();
  }

  draw(context, width, height, isShown = false) {
    const scale = (width / this.width) * this.zoom;
    context.save();
    context.translate(width / 2, height / 2);
    context.scale(scale, scale);
    context.translate(-this.x * this.width, -this.y * this.height);
    context.save();
    context.translate(this.width / 2, this.height / 2);
    context.rotate((this.quarter * Math.PI) / 2);
    context.drawImage(this.bitmap, -this.bitmap.width / 2, -this.bitmap.height / 2);
    context.restore();
    for (const each of this.covers) this.stick(context, each, isShown && each === this.held);
    context.restore();
  }

  stick(context, { x, y, size, name }, isHeld) {
    const across = size * Math.max(this.width, this.height);
    sticker(context, name, x * this.width, y * this.height, across);
    if (!isHeld) return;
    Object.assign(context, { strokeStyle: INK, lineWidth: across / 24 });
    context.setLineDash([across / 8, across / 12]);
    context.beginPath();
    context.arc(x * this.width, y * this.height, across * 0.54, 0, 2 * Math.PI);
    context.stroke();
    context.setLineDash([]);
  }
}

// A large picture is made smaller once, so that an old phone can turn it at all.
async function opened(file) {
  const found = await createImageBitmap(file);
  const share = MOST_EDGE / Math.max(found.width, found.height);
  if (share >= 1) return found;
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(found.width * share);
  canvas.height = Math.round(found.height * share);
  canvas.getContext("2d").drawImage(found, 0, 0, canvas.width, canvas.height);
  found.close();
  return canvas;
}

// --- the page

export function say(root, what) {
  const line = root.querySelector("[data-says]");
  line.textContent = "";
  setTimeout(() => { line.textContent = line.dataset[what] || ""; }, 30); // anew, so that it is read out anew
}

class Editor {
  constructor(root) {
    this.root = root;
    this.form = root.closest("form");
    this.box = root.querySelector("[data-editor]");
    this.canvas = root.querySelector("[data-canvas]");
    this.inputs = [...root.querySelectorAll("input[type=file]")];
    this.tool = "turn";
    this.keep = keeper(this.form, this.inputs, () => small((...how) => this.picture.draw(...how), this.picture.width, this.picture.height));
    for (const button of root.querySelectorAll("[data-sticker] canvas")) sticker(button.getContext("2d"), button.parentElement.dataset.sticker, 48, 48, 92);
    for (const input of this.inputs) input.addEventListener("change", () => this.take(input));
    root.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("pointerdown", (event) => this.grab(event));
  }

  async take(input) {
    if (!input.files[0]) return;
    try {
      this.picture = new Picture(await opened(input.files[0]));
    } catch {
      return this.open(false); // a kind this phone cannot open: it goes as it is, and the server opens it
    }
    for (const other of this.inputs) if (other !== input) other.value = "";
    this.pick("turn");
    this.open(true);
    this.changed("ready");
    this.box.scrollIntoView?.({ block: "nearest" });
  }

  open(isOpen) {
    this.box.hidden = !isOpen;
    this.root.querySelector("[data-takes]").hidden = isOpen;
    this.root.querySelector("[data-plain]").hidden = isOpen;
    if (isOpen) this.root.querySelector("[name=picture_turn]").checked = true;
  }

  pick(tool) {
    this.tool = tool;
    this.picture.held = tool === "cover" ? this.picture.covers.at(-1) || null : null;
    for (const each of this.box.querySelectorAll("[data-tool]")) each.setAttribute("aria-pressed", String(each.dataset.tool === tool));
    for (const each of this.box.querySelectorAll("[data-for]")) each.hidden = !each.dataset.for.split(" ").includes(tool);
    for (const each of this.box.querySelectorAll("[data-word]")) each.textContent = each.dataset[tool] || "";
    const how = this.box.querySelector("[data-how]");
    how.textContent = how.dataset[tool];
    this.canvas.classList.toggle("held", tool !== "turn"); // only then does a finger on the picture not move the page
    this.show();
  }

  press(button) {
    if (!button || !this.picture) return;
    const { tool, sticker: name, move, do: act } = button.dataset;
    if (tool) this.pick(tool);
    else if (name) this.add(name);
    else if (move) this.move(move);
    else if (act) this.act(act);
  }

  add(name) {
    const [x, y] = this.picture.at(0.5, 0.4);
    this.picture.held = { x, y, size: 0.28 / this.picture.zoom, name };
    this.picture.covers.push(this.picture.held);
    this.changed("on");
  }

  move(way, far) {
    if (this.tool === "turn") return;
    if (this.tool === "cover" && !this.picture.held) return say(this.box, "none");
    this.picture.move(way, far);
    this.changed("moved");
  }

  act(what) {
    const acts = {
      left: () => { this.picture.turn(false); this.changed("turned"); },
      right: () => { this.picture.turn(true); this.changed("turned"); },
      more: () => this.resize(true),
      less: () => this.resize(false),
      off: () => this.takeOff(),
      anew: () => { this.picture.anew(); this.pick(this.tool); this.changed("ready"); },
      other: () => this.another(),
    };
    acts[what]?.();
  }

  resize(more) {
    if (this.tool === "cover" && !this.picture.held) return say(this.box, "none");
    this.picture.size(more);
    this.changed("sized");
  }

  takeOff() {
    const { picture } = this;
    if (!picture.held) return say(this.box, "none");
    picture.covers = picture.covers.filter((each) => each !== picture.held);
    picture.held = picture.covers.at(-1) || null;
    this.changed("off");
  }

  another() {
    this.picture = null;
    for (const input of this.inputs) input.value = "";
    pending.delete(this.form);
    this.open(false);
    this.inputs[0].focus();
  }

  key(event) {
    const way = KEYS[event.key], acts = { "+": "more", "=": "more", "-": "less", Delete: "off", Backspace: "off" };
    if (this.tool === "turn" ? !["left", "right"].includes(way) : !way && !acts[event.key]) return;
    event.preventDefault();
    if (this.tool === "turn") this.act(way);
    else if (way) this.move(way, event.shiftKey ? 3 * STEP : STEP);
    else this.act(acts[event.key]);
  }

  // A finger puts the sticker where it taps, or moves the picture.
  grab(event) {
    const { picture, canvas } = this;
    if (!picture || this.tool === "turn") return;
    const spot = ({ clientX, clientY }) => {
      const box = canvas.getBoundingClientRect();
      return picture.at((clientX - box.left) / box.width, (clientY - box.top) / box.height);
    };
    const [x, y] = spot(event);
    if (this.tool === "cover") {
      picture.held = picture.near(x, y) || picture.held;
      if (!picture.held) return this.addAt(x, y);
      picture.place(x, y);
    }
    canvas.setPointerCapture(event.pointerId);
    const start = [x, y];
    canvas.onpointermove = (moved) => {
      const [nowX, nowY] = spot(moved);
      if (this.tool === "cover") picture.place(nowX, nowY);
      else picture.look(picture.x + start[0] - nowX, picture.y + start[1] - nowY);
      this.show();
    };
    canvas.onpointerup = canvas.onpointercancel = () => {
      canvas.onpointermove = canvas.onpointerup = canvas.onpointercancel = null;
      this.changed("moved");
    };
    this.show();
  }

  addAt(x, y) {
    this.add("smile");
    this.picture.place(x, y);
    this.changed("on");
  }

  changed(what) {
    this.show();
    this.keep();
    if (what) say(this.box, what);
  }

  show() {
    const { picture, canvas } = this, share = Math.min(1, SHOWN / Math.max(picture.width, picture.height));
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    picture.draw(canvas.getContext("2d"), canvas.width, canvas.height, true);
  }
}

export function ready() {
  if (!self.createImageBitmap || !mayReplace()) return; // what the screen shows could not be what is sent
  for (const root of document.querySelectorAll("[data-picture]:not([data-ready])")) {
    root.dataset.ready = "";
    new Editor(root);
  }
}

addEventListener("shown", ready);
ready();
