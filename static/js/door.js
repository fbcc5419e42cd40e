// Keeps every tap at the door on the device first, each in a place of its own, and sends it as soon as the line allows:
// no tap is lost, and each counts once by its key. Shows meanwhile what other desks noted.
const door = document.querySelector("[data-door]");
const line = door.querySelector("[data-door-line]");
const signedOut = door.querySelector("[data-door-signed-out]");
const refusals = door.querySelector("[data-door-refused]");
const EVENT = `door-${door.dataset.doorEvent}-`;
const MINE = `${EVENT}${door.dataset.doorUser}-`;
const EVERY = 8000;
const AT_ONCE = 50;
// A second tap on the same person within this time is a double tap.
const DOUBLE = 1000;
let token = door.querySelector("[name='csrfmiddlewaretoken']").value;
let stands = {};
let sending = false;
let wrong = false;
const tapped = {};

for (const row of door.querySelectorAll("[data-door-person]")) {
  stands[row.dataset.doorPerson] = { state: row.dataset.doorState, words: text(row, "words") };
}

function text(row, name) {
  return row.querySelector(`[data-door-${name}]`).textContent;
}

// All tabs of this device share what it keeps.
function kept() {
  const found = [];
  for (const key of Object.keys(localStorage).filter((each) => each.startsWith(MINE))) {
    try {
      found.push(JSON.parse(localStorage.getItem(key)));
    } catch {
      localStorage.removeItem(key);
    }
  }
  return found.filter((tap) => tap?.key).sort((one, other) => one.at - other.at);
}

function waiting() {
  return kept().filter((tap) => !tap.refused);
}

function draw() {
  const now = { ...stands };
  for (const tap of waiting()) {
    const before = (now[tap.person] || {}).state;
    const undone = before === "left" ? "arrived" : "";
    const state = tap.what === "undone" ? undone : tap.what;
    now[tap.person] = { state, words: { arrived: door.dataset.doorArrived, left: door.dataset.doorLeft }[state] || "" };
  }
  for (const row of door.querySelectorAll("[data-door-person]")) {
    const { state = "", words = "" } = now[row.dataset.doorPerson] || {};
    const focused = row.contains(document.activeElement);
    row.dataset.doorState = state;
    row.querySelector("[data-door-words]").textContent = words;
    // The button that was pressed may be hidden now.
    if (focused && !document.activeElement.offsetParent) {
      [...row.querySelectorAll("button")].find((button) => button.offsetParent)?.focus();
    }
  }
  say();
  drawRefused();
}

function say() {
  const number = waiting().length;
  const others = Object.keys(localStorage).filter((key) => key.startsWith(EVENT) && !key.startsWith(MINE)).length;
  const mine = number ? `${wrong ? door.dataset.doorWrong : door.dataset.doorWaiting} ${number}` : door.dataset.doorSent;
  const words = others ? `${mine} ${door.dataset.doorOthers} ${others}` : mine;
  if (line.textContent !== words) line.textContent = words;
}

function drawRefused() {
  const refused = kept().filter((tap) => tap.refused);
  refusals.hidden = !refused.length;
  refusals.replaceChildren(
    ...refused.map((tap) => {
      const item = door.querySelector("[data-door-refusal]").content.cloneNode(true);
      item.querySelector("[data-door-refused-name]").textContent = tap.name;
      item.querySelector("[data-door-refused-why]").textContent = tap.refused;
      item.querySelector("button").addEventListener("click", () => {
        localStorage.removeItem(MINE + tap.key);
        draw();
      });
      return item;
    }),
  );
}

// Without taps it only asks: a page that nobody touches is no sign that somebody is there.
async function send() {
  if (sending) return;
  sending = true;
  try {
    const taps = waiting().slice(0, AT_ONCE);
    const answer = await fetch(door.dataset.door, taps.length ? post(taps) : { redirect: "manual" });
    signedOut.hidden = answer.type !== "opaqueredirect";
    if (answer.status === 403 && taps.length) {
      // Somebody signed in again in another tab: this page asks for the token of now, and sends with it next time.
      const fresh = await fetch(door.dataset.door, { redirect: "manual" });
      signedOut.hidden = fresh.type !== "opaqueredirect";
      if (fresh.ok) take(await fresh.json());
    } else if (answer.ok) {
      take(await answer.json());
      if (taps.length && waiting().length) setTimeout(send, 0);
    } else {
      wrong = answer.type !== "opaqueredirect";
    }
  } catch {
    // The line may be down: the next time sends what is kept.
    wrong = false;
  } finally {
    sending = false;
    draw();
  }
}

function post(taps) {
  return {
    method: "POST",
    body: JSON.stringify({ now: Date.now(), taps }),
    headers: { "X-CSRFToken": token, "Content-Type": "application/json" },
    redirect: "manual",
  };
}

function take(answer) {
  wrong = false;
  token = answer.token;
  stands = answer.people;
  for (const key of answer.kept) localStorage.removeItem(MINE + key);
  for (const [key, why] of Object.entries(answer.refused)) {
    const tap = kept().find((each) => each.key === key);
    if (tap) localStorage.setItem(MINE + key, JSON.stringify({ ...tap, refused: why }));
  }
  for (const [name, number] of Object.entries(answer.counts)) {
    door.querySelector(`[data-door-count="${name}"]`).textContent = number;
  }
}

door.addEventListener("submit", (event) => {
  const row = event.target.closest("[data-door-person]");
  if (!row) {
    if (!navigator.onLine) {
      event.preventDefault();
      line.textContent = door.dataset.doorOffline;
    }
    return;
  }
  event.preventDefault();
  const person = Number(row.dataset.doorPerson);
  if (Date.now() - (tapped[person] || 0) < DOUBLE) return;
  tapped[person] = Date.now();
  const what = event.submitter.value;
  const supporters = what === "arrived" && event.target.elements.supporters.checked ? 1 : 0;
  const tap = { key: crypto.randomUUID(), person, what, at: Date.now(), supporters, name: text(row, "name") };
  localStorage.setItem(MINE + tap.key, JSON.stringify(tap));
  draw();
  send();
});

// The list narrows as a name is typed, with or without its accents, whatever the line does.
const folded = (words) => words.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
door.querySelector("[data-door-search]").addEventListener("input", (event) => {
  const words = folded(event.target.value).split(/\s+/).filter(Boolean);
  const rows = [...door.querySelectorAll("[data-door-list] [data-door-person]")];
  for (const row of rows) row.hidden = !words.every((word) => folded(text(row, "name")).includes(word));
  const nobody = door.querySelector("[data-door-nobody]");
  nobody.hidden = rows.some((row) => !row.hidden);
  nobody.textContent = door.dataset.doorNone;
});

window.addEventListener("online", send);
window.addEventListener("storage", draw);
setInterval(send, EVERY);
draw();
if (waiting().length) send();
