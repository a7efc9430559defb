// What a finger expects of some kinds of question, without waiting for a reply. The page does all of it without this.
const codes = (rank) => [...rank.querySelectorAll("[data-rank-picks] input")].map((input) => input.value);

// “None of these” and the ways to pass go with nothing else.
function only(ticked) {
  const lonely = "[data-alone], [data-skip]";
  for (const each of ticked.form.elements) {
    const goes = each.name === ticked.name && each !== ticked && (ticked.matches(lonely) || each.matches(lonely));
    if (goes && each.type === "checkbox") each.checked = false;
  }
  const rank = ticked.form.querySelector("[data-rank]");
  if (rank && ticked.matches("[data-skip]")) order(rank, []);
}

function order(rank, picked) {
  const kept = rank.querySelector("[data-rank-picks]");
  kept.replaceChildren(...picked.map((code) => {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name: kept.dataset.rankPicks, value: code });
    return input;
  }));
  for (const button of rank.querySelectorAll("button[name=go]")) {
    const place = picked.indexOf(button.value.slice(5)) + 1, badge = button.querySelector("[data-place]");
    button.setAttribute("aria-pressed", String(place > 0));
    badge.hidden = !place;
    badge.querySelector("b").textContent = place || "";
  }
  rank.querySelector("[data-rank-says]").textContent = rank.querySelectorAll("[data-rank-lines] li")[picked.length].textContent;
}

addEventListener("change", ({ target }) => {
  if (target.matches(".choice input[type=checkbox]") && target.checked) only(target);
});

addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-rank] button[name=go]");
  if (!button) return;
  event.preventDefault();
  const rank = button.closest("[data-rank]"), code = button.value.slice(5), picked = codes(rank);
  if (picked.includes(code)) picked.splice(picked.indexOf(code), 1);
  else if (picked.length < Number(rank.dataset.rank)) picked.push(code);
  order(rank, picked);
  for (const each of button.form.querySelectorAll("[data-skip]:checked")) each.checked = false;
});

export function ready() {} // all of it listens from above, for every page to come
