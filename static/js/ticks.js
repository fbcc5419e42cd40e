// Counts what is ticked in a list at once, and keeps each tick on the server as it is made, so that it is there when the
// reader comes back. Without this, the buttons of the list keep the ticks.
const form = document.querySelector("form[data-ticks]");
// Asked for each time: the rows may be found anew as the reader types.
const bar = () => form.querySelector("[data-ticks-bar]");
const before = () => form.querySelector("[data-ticks-before]");
const boxes = () => [...form.querySelectorAll("input[name='tick']")];
const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });
const LONGEST_WAIT = 3000;
let saved = Promise.resolve();
let waiting = 0;
let goingOn = false;

function count() {
  const ticked = boxes().filter((box) => box.checked);
  const { dataset } = bar();
  bar().querySelector("[data-ticks-count]").textContent = ticked.length + Number(dataset.elsewhere);
  const total = bar().querySelector("[data-ticks-total]");
  if (!total) return;
  const people = dataset.elsewherePeople.split(" ").filter(Boolean);
  const pence = ticked.reduce((sum, box) => sum + Number(box.dataset.pence), Number(dataset.elsewherePence));
  bar().querySelector("[data-ticks-people]").textContent = new Set([
    ...people,
    ...ticked.map((box) => box.dataset.person),
  ]).size;
  total.textContent = money.format(pence / 100);
}

// One after the other, so that each is compared with what the server kept before it, and none is lost on the way.
function save() {
  waiting += 1;
  form.dataset.ticksSaving = "yes";
  saved = saved.then(keep).finally(() => {
    waiting -= 1;
    if (!waiting) delete form.dataset.ticksSaving;
  });
}

async function keep() {
  const data = new FormData(form);
  data.set("ticks", "save");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, keepalive: true, redirect: "manual" });
    // The next tick is told apart from these; where they could not be kept, the next button sends them again.
    if (answer.ok) before().value = data.getAll("tick").join(" ");
  } catch {
    // The line may be down: the next tick or button sends these again.
  }
}

// A line that hangs holds nobody for long: the button sends the ticks itself.
function kept() {
  return Promise.race([saved, new Promise((done) => setTimeout(done, LONGEST_WAIT))]);
}

form.addEventListener("change", (event) => {
  if (event.target.name !== "tick") return;
  count();
  save();
});
// A button of the list leads on once the ticks are kept: two answers at once could each undo the other.
form.addEventListener(
  "submit",
  async (event) => {
    if (!waiting || goingOn) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    await kept();
    goingOn = true;
    form.requestSubmit(event.submitter);
    goingOn = false;
  },
  { capture: true },
);
// So does a link.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (link.origin !== window.location.origin || link.hash || link.target) return;
  event.preventDefault();
  await kept();
  window.location.assign(link.href);
});
// The Back button may bring ticks of its own.
window.addEventListener("pageshow", count);
