// How much waits on this phone, on pages that have a place to say it. Only ever a number.
import * as queue from "./queue.js";

async function tell() {
  const { waiting, refused } = await queue.standing();
  const note = document.querySelector("[data-waiting]"), back = document.querySelector("[data-refused]");
  if (!note) return;
  note.hidden = !waiting;
  note.querySelector("[data-count]").textContent = waiting;
  back.hidden = !refused.length;
  for (const line of back.querySelectorAll("[data-why]")) line.hidden = !refused.some((why) => line.dataset.why === known(back, why));
  back.querySelector("[data-seen]").onclick = async () => { back.hidden = true; await queue.forgetRefused(); };
}

const known = (back, why) => (back.querySelector(`[data-why="${why}"]`) ? String(why) : "other");

export async function waiting() {
  addEventListener("voice-queue", () => tell().catch(() => {}));
  queue.begin();
  await tell();
}
