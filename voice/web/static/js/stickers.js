// Stickers that cover a face, drawn as the server draws them.
export const INK = "#2b2640";
const GROUNDS = { smile: "#ffcc33", star: "#26a69a", heart: "#fff7e0", sun: "#ff9843", flower: "#fff7e0" };

export function sticker(context, name, x, y, across) {
  context.save();
  context.translate(x, y);
  context.scale(across, across);
  disc(context, 0, 0, 0.5, GROUNDS[name]);
  FIGURES[name](context);
  context.restore();
}

function disc(context, x, y, radius, colour) {
  context.fillStyle = colour;
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fill();
}

function around(count, work) {
  for (let each = 0; each < count; each += 1) work((2 * Math.PI * each) / count, each);
}

const FIGURES = {
  smile(context) {
    disc(context, -0.15, -0.1, 0.065, INK);
    disc(context, 0.15, -0.1, 0.065, INK);
    Object.assign(context, { strokeStyle: INK, lineWidth: 0.055, lineCap: "round" });
    context.beginPath();
    context.arc(0, 0.03, 0.25, 0.35, Math.PI - 0.35);
    context.stroke();
  },
  star(context) {
    context.fillStyle = "#ffcc33";
    context.beginPath();
    around(10, (turn, each) => context.lineTo((each % 2 ? 0.18 : 0.42) * Math.sin(turn), 0.02 - (each % 2 ? 0.18 : 0.42) * Math.cos(turn)));
    context.fill();
  },
  heart(context) {
    context.fillStyle = "#f06292";
    context.beginPath();
    around(180, (turn) => context.lineTo(0.336 * Math.sin(turn) ** 3, -0.021 * (13 * Math.cos(turn) - 5 * Math.cos(2 * turn) - 2 * Math.cos(3 * turn) - Math.cos(4 * turn))));
    context.fill();
  },
  sun(context) {
    Object.assign(context, { strokeStyle: "#ffcc33", lineWidth: 0.05, lineCap: "round" });
    context.beginPath();
    around(12, (turn) => { context.moveTo(0.25 * Math.cos(turn), 0.25 * Math.sin(turn)); context.lineTo(0.42 * Math.cos(turn), 0.42 * Math.sin(turn)); });
    context.stroke();
    disc(context, 0, 0, 0.23, "#ffcc33");
  },
  flower(context) {
    around(6, (turn) => disc(context, 0.22 * Math.cos(turn), 0.22 * Math.sin(turn), 0.16, "#f06292"));
    disc(context, 0, 0, 0.14, "#ffcc33");
  },
};
