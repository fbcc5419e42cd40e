// Counts what is ticked in a list at once, and keeps each tick on the server as it is made, so that it is there when the
// reader comes back. Without this, the buttons of the list keep the ticks.
const form = document.querySelector("form[data-ticks]");
const bar = form.querySelector("[data-ticks-bar]");
const before = form.querySelector("[data-ticks-before]");
const boxes = [...form.querySelectorAll("input[name='tick']")];
const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
let saved = Promise.resolve();

function count() {
  const ticked = boxes.filter((box) => box.checked);
  bar.querySelector("[data-ticks-count]").textContent = ticked.length + Number(bar.dataset.elsewhere);
  const total = bar.querySelector("[data-ticks-total]");
  if (!total) return;
  const people = bar.dataset.elsewherePeople.split(" ").filter(Boolean);
  const pence = ticked.reduce((sum, box) => sum + Number(box.dataset.pence), Number(bar.dataset.elsewherePence));
  bar.querySelector("[data-ticks-people]").textContent = new Set([
    ...people,
    ...ticked.map((box) => box.dataset.person),
  ]).size;
  total.textContent = money.format(pence / 100);
}

function save() {
  const data = new FormData(form);
  data.set("ticks", "save");
  // The next tick is told apart from these; where they could not be kept, the next button sends them again.
  const drawn = before.value;
  before.value = data.getAll("tick").join(" ");
  saved = saved
    .then(() => fetch(form.action, { method: "POST", body: data, keepalive: true, redirect: "manual" }))
    .then((answer) => {
      if (!answer.ok) before.value = drawn;
    })
    .catch(() => {
      before.value = drawn;
    });
}

form.addEventListener("change", (event) => {
  if (event.target.name !== "tick") return;
  count();
  save();
});
// A link leads on once the ticks are kept.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.origin !== window.location.origin || link.hash || link.target) return;
  event.preventDefault();
  await saved;
  window.location.assign(link.href);
});
// The Back button may bring ticks of its own.
window.addEventListener("pageshow", count);
