// Improves the pages on which a young person answers; they work without it.
// The walk stays one entry in the phone's history, the words stay on the screen when the net is gone,
// and nothing is left on the page for the next person.
const $ = (selector, root = document) => root.querySelector(selector);
const DRESSING = 3000; // ms to wait for a style sheet, at most
let busy = false;

// The sheets a page needs come before it does, so that it is never seen without them.
function dressed(page) {
  const wanted = [...page.querySelectorAll("link[rel=stylesheet]")].filter((sheet) => !$(`link[href="${sheet.getAttribute("href")}"]`));
  const loads = wanted.map((sheet) => new Promise((done) => {
    const own = document.createElement("link");
    own.onload = own.onerror = done;
    own.rel = "stylesheet";
    own.href = sheet.getAttribute("href");
    document.head.append(own);
  }));
  return Promise.race([Promise.all(loads), new Promise((done) => setTimeout(done, DRESSING))]);
}

export async function show(page) {
  await dressed(page);
  document.title = page.title;
  for (const name of ["lang", "dir"]) document.documentElement[name] = page.documentElement[name];
  for (const part of [".skip", ".bar", ".leaving", "main", ".foot", "body > svg"]) {
    const old = $(part), next = $(part, page);
    if (old && next) old.replaceWith(next);
    else if (next) document.body.append(next);
  }
  scrollTo(0, 0);
  const heading = $("h1");
  heading.tabIndex = -1;
  ($(".errors a") || heading).focus({ preventScroll: true });
  dispatchEvent(new Event("shown"));
  improve();
}

// What a kind of page needs beside this comes when the page does.
async function improve() {
  for (const address of ($("main").dataset.with || "").split(" ").filter(Boolean)) {
    try { (await import(address)).ready(); } catch { /* the page works without it */ }
  }
}

export function lost(form) {
  const line = $("[data-lost]", form);
  if (!line) return;
  line.hidden = true;
  setTimeout(() => { line.hidden = false; }, 50); // shown anew, so that it is read out anew
}

addEventListener("submit", async (event) => {
  const form = event.target, button = event.submitter;
  if (!form.matches("[data-walk]")) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  const all = new FormData(form), files = (button?.formEnctype || form.enctype)[0] === "m"; // multipart
  if (button?.name) all.append(button.name, button.value);
  const to = (button && button.getAttribute("formaction")) || form.getAttribute("action");
  try {
    const reply = await fetch(to, { method: "POST", body: files ? all : new URLSearchParams(all), cache: "no-store" });
    if (!reply.ok && reply.status !== 409) throw reply.status;
    await show(new DOMParser().parseFromString(await reply.text(), "text/html"));
  } catch {
    lost(form);
  }
  busy = false;
});

addEventListener("pagehide", () => { for (const part of ["main", "#again"]) $(part)?.replaceChildren(); });
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
improve();
