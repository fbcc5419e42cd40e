// Warns before a session ends, and keeps it alive while somebody is busy on the page. Typing counts; an open page alone
// does not. The server ends the session by its own clock; this only asks it how long is left.
const box = document.getElementById("session-warning");
const warn = Number(box.dataset.warn);
const start = { idle: Number(box.dataset.idle), all: Number(box.dataset.all) };
// At most one sign of life in a quarter of the time allowed.
const pause = Math.max(20, start.idle / 4) * 1000;
let ends = at(start);
let told = Date.now();
let timer;

function at({ idle, all }) {
  return { idle: Date.now() + idle * 1000, all: Date.now() + all * 1000 };
}

async function ask(method) {
  const headers = { "X-CSRFToken": box.querySelector("[name=csrfmiddlewaretoken]").value };
  const answer = await fetch(box.dataset.url, { method, headers, redirect: "error", cache: "no-store" });
  if (!answer.ok) throw new Error(answer.status);
  const left = await answer.json();
  // Without a limit there is nothing to warn of.
  ends = at({ idle: left.idle ?? 1e9, all: left.all ?? 1e9 });
}

function show(which) {
  box.hidden = which === "";
  for (const text of box.querySelectorAll("[data-when]")) text.hidden = text.dataset.when !== which;
  box.querySelector("[data-stay]").hidden = which !== "idle";
  const time = new Date(ends[which] ?? 0).toLocaleTimeString("en-GB", { hour: "numeric", minute: "2-digit" });
  for (const span of box.querySelectorAll("[data-time]")) span.textContent = time;
}

function plan() {
  clearTimeout(timer);
  const left = Math.min(ends.idle, ends.all) - Date.now();
  const wait = left > warn * 1000 ? left - warn * 1000 : left + 1000;
  // Browsers take a wait of more than 24 days for none at all.
  timer = setTimeout(look, Math.min(Math.max(wait, 1000), 2 ** 31 - 1));
}

async function look() {
  try {
    // Somebody may have gone on in another tab.
    await ask("GET");
  } catch {
    // The line may be down: go by what was known.
  }
  const left = Math.min(ends.idle, ends.all) - Date.now();
  if (left <= 0) return show("over");
  show(left > warn * 1000 ? "" : ends.idle < ends.all ? "idle" : "all");
  plan();
}

async function busy() {
  if (Date.now() - told < pause && box.hidden) return;
  told = Date.now();
  try {
    await ask("POST");
  } catch {
    return;
  }
  look();
}

for (const sign of ["input", "keydown", "pointerdown"]) {
  document.addEventListener(sign, busy, { passive: true, capture: true });
}
// A page that comes back from sleep or from the Back button looks at once.
document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
window.addEventListener("pageshow", (event) => event.persisted && look());
plan();
