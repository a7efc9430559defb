// A drawing board: by finger, by mouse, by buttons, by keys. What is on the paper is the file the form sends.
import { KEYS, keeper, mayReplace, say, small, within } from "./picture.js";

const WIDTH = 1200, HEIGHT = 900, PAPER = "#fffdf7", STEP = 14, FAR = 56;
const INKS = {
  ink: "#26123f", berry: "#d94d8a", red: "#d7263d", orange: "#f57c1f", yellow: "#ffc23d", green: "#1d8577", blue: "#3d55c4", brown: "#8a5a2b", paper: PAPER,
};
const WAYS = { up: [0, -1], down: [0, 1], left: [-1, 0], right: [1, 0] };

class Board {
  constructor(root) {
    this.root = root;
    this.box = root.querySelector("[data-drawing]");
    this.canvas = root.querySelector("[data-canvas]");
    Object.assign(this.canvas, { width: WIDTH, height: HEIGHT });
    Object.assign(this, { lines: [], ink: "ink", nib: 14, pen: { x: WIDTH / 2, y: HEIGHT / 2 }, isDown: false, isKeyed: false });
    this.keep = keeper(root.closest("form"), [root.querySelector("input[type=file]")], () => this.file());
    root.querySelector("[data-plain]").hidden = true;
    this.box.hidden = false;
    this.canvas.classList.add("held");
    this.box.addEventListener("click", ({ target }) => this.press(target.closest("button")));
    this.canvas.addEventListener("keydown", (event) => this.key(event));
    this.canvas.addEventListener("pointerdown", (event) => this.finger(event));
    this.show();
  }

  // An empty paper is no drawing.
  async file() {
    return this.lines.length ? small((context, width, height) => this.draw(context, width, height), WIDTH, HEIGHT) : null;
  }

  // --- lines

  begin(x, y) {
    this.lines.push({ ink: INKS[this.ink], nib: this.nib, points: [[x, y]] });
  }

  go(x, y) {
    this.lines.at(-1).points.push([x, y]);
  }

  changed(what) {
    this.show();
    this.keep();
    if (what) say(this.box, what);
  }

  // --- by finger

  finger(event) {
    if (event.button) return;
    event.preventDefault();
    this.canvas.focus({ preventScroll: true });
    const spot = ({ clientX, clientY }) => {
      const box = this.canvas.getBoundingClientRect();
      return [((clientX - box.left) / box.width) * WIDTH, ((clientY - box.top) / box.height) * HEIGHT];
    };
    this.isKeyed = false;
    this.lift();
    this.begin(...spot(event));
    this.canvas.setPointerCapture(event.pointerId);
    this.canvas.onpointermove = (moved) => {
      for (const each of moved.getCoalescedEvents?.() || [moved]) this.go(...spot(each));
      this.show();
    };
    this.canvas.onpointerup = this.canvas.onpointercancel = () => {
      this.canvas.onpointermove = this.canvas.onpointerup = this.canvas.onpointercancel = null;
      const [x, y] = this.lines.at(-1)?.points.at(-1) || [this.pen.x, this.pen.y];
      this.pen = { x, y };
      this.changed();
    };
    this.show();
  }

  // --- by keys and buttons

  key(event) {
    const way = KEYS[event.key];
    if (way) this.move(way, event.shiftKey ? FAR : STEP);
    else if (event.key === " " || event.key === "Enter") this.toggle();
    else if (event.key === "z" && (event.ctrlKey || event.metaKey)) this.undo();
    else return;
    event.preventDefault();
  }

  move(way, far) {
    const [x, y] = WAYS[way];
    this.pen = { x: within(0, this.pen.x + x * far, WIDTH), y: within(0, this.pen.y + y * far, HEIGHT) };
    this.isKeyed = true;
    if (!this.isDown) return this.show();
    this.go(this.pen.x, this.pen.y);
    this.changed();
  }

  toggle() {
    this.isKeyed = true;
    if (this.isDown) this.lift();
    else {
      this.isDown = true;
      this.begin(this.pen.x, this.pen.y);
      this.keep();
    }
    this.shown("pen", this.isDown);
    this.show();
    say(this.box, this.isDown ? "down" : "up");
  }

  lift() {
    this.isDown = false;
    this.shown("pen", false);
  }

  shown(act, isOn) {
    this.box.querySelector(`[data-do="${act}"]`).setAttribute("aria-pressed", String(isOn));
  }

  press(button) {
    if (!button) return;
    const { ink, nib, move, do: act } = button.dataset;
    if (ink || nib) this.take(button, ink, nib);
    else if (move) this.move(move, FAR / 2);
    else if (act) this.act(act);
  }

  // Another colour or nib begins another line.
  take(button, ink, nib) {
    if (ink) this.ink = ink;
    else this.nib = Number(nib);
    for (const each of button.parentElement.children) each.setAttribute("aria-pressed", String(each === button));
    if (this.isDown) this.begin(this.pen.x, this.pen.y);
    this.show();
  }

  act(what) {
    const acts = {
      pen: () => this.toggle(),
      undo: () => this.undo(),
      clear: () => this.ask(true),
      keep: () => this.ask(false),
      "clear-all": () => { this.lines = []; this.lift(); this.ask(false); this.changed("cleared"); },
    };
    acts[what]?.();
  }

  undo() {
    this.lift();
    this.lines.pop();
    this.changed("undone");
  }

  // Before all of it goes, a calm step.
  ask(isAsked) {
    const clear = this.box.querySelector("[data-do=clear]"), note = this.box.querySelector("[data-sure]");
    note.hidden = !isAsked;
    clear.setAttribute("aria-expanded", String(isAsked));
    (isAsked ? note.querySelector("[data-do=keep]") : clear).focus();
  }

  // --- on the screen, and for the file

  show() {
    const context = this.canvas.getContext("2d");
    this.draw(context, WIDTH, HEIGHT);
    if (this.isKeyed) this.drawPen(context);
  }

  draw(context, width, height) {
    context.save();
    context.scale(width / WIDTH, height / HEIGHT);
    context.fillStyle = PAPER;
    context.fillRect(0, 0, WIDTH, HEIGHT);
    Object.assign(context, { lineCap: "round", lineJoin: "round" });
    for (const line of this.lines) this.drawLine(context, line);
    context.restore();
  }

  // Rounded: through the middles of what was touched.
  drawLine(context, { ink, nib, points }) {
    Object.assign(context, { strokeStyle: ink, lineWidth: nib });
    context.beginPath();
    context.moveTo(...points[0]);
    for (let at = 1; at < points.length - 1; at += 1) {
      const [x, y] = points[at], [nextX, nextY] = points[at + 1];
      context.quadraticCurveTo(x, y, (x + nextX) / 2, (y + nextY) / 2);
    }
    const [endX, endY] = points.at(-1);
    context.lineTo(endX + 0.01, endY); // a tap is a dot
    context.stroke();
  }

  drawPen(context) {
    const { x, y } = this.pen, radius = Math.max(this.nib, 18);
    Object.assign(context, { strokeStyle: "#26123f", lineWidth: 4 });
    context.setLineDash(this.isDown ? [] : [8, 8]);
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.moveTo(x - radius - 14, y);
    context.lineTo(x + radius + 14, y);
    context.moveTo(x, y - radius - 14);
    context.lineTo(x, y + radius + 14);
    context.stroke();
    context.setLineDash([]);
  }
}

export function ready() {
  if (!mayReplace()) return; // nothing drawn could be sent: the other ways stay
  for (const root of document.querySelectorAll("[data-board]:not([data-ready])")) {
    root.dataset.ready = "";
    new Board(root);
  }
}

addEventListener("shown", ready);
ready();
