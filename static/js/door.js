// Keeps every tap at the door on the device first, and sends it as soon as the line allows: no tap is lost, and each
// counts once by its key. Shows meanwhile what other desks noted.
const door = document.querySelector("[data-door]");
const token = door.querySelector("[name='csrfmiddlewaretoken']").value;
const line = door.querySelector("[data-door-line]");
const STORE = `door-${door.dataset.doorEvent}`;
const EVERY = 8000;
let waiting = JSON.parse(localStorage.getItem(STORE) || "[]");
let sending = false;

function keep() {
  localStorage.setItem(STORE, JSON.stringify(waiting));
}

function show(person, state, words) {
  for (const row of door.querySelectorAll(`[data-door-person="${person}"]`)) {
    row.dataset.doorState = state;
    row.querySelector("[data-door-words]").textContent = words;
  }
}

// How a person stands while their taps are only here.
function showWaiting() {
  for (const tap of waiting) {
    const words = { arrived: door.dataset.doorArrived, left: door.dataset.doorLeft, undone: "" };
    show(tap.person, tap.what === "undone" ? "" : tap.what, words[tap.what]);
  }
}

function say(words) {
  if (line.textContent !== words) line.textContent = words;
}

function said() {
  return waiting.length ? `${door.dataset.doorWaiting} ${waiting.length}` : door.dataset.doorSent;
}

async function send() {
  if (sending) return;
  sending = true;
  try {
    const answer = await fetch(door.dataset.door, {
      method: "POST",
      body: JSON.stringify(waiting),
      headers: { "X-CSRFToken": token, "Content-Type": "application/json" },
      redirect: "manual",
    });
    if (answer.type === "opaqueredirect" || answer.status === 403) {
      say(door.dataset.doorSignIn);
      return;
    }
    if (!answer.ok) throw new Error(String(answer.status));
    take(await answer.json());
  } catch {
    say(said());
  } finally {
    sending = false;
  }
}

function take(answer) {
  const done = new Set([...answer.kept, ...Object.keys(answer.refused)]);
  waiting = waiting.filter((tap) => !done.has(tap.key));
  keep();
  for (const row of door.querySelectorAll("[data-door-person]")) {
    const stands = answer.people[row.dataset.doorPerson] || { state: "", words: "" };
    show(row.dataset.doorPerson, stands.state, stands.words);
  }
  for (const [name, number] of Object.entries(answer.counts)) {
    door.querySelector(`[data-door-count="${name}"]`).textContent = number;
  }
  showWaiting();
  say(Object.values(answer.refused)[0] || said());
  if (waiting.length) setTimeout(send, 0);
}

door.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.closest("[data-door-person]")) return;
  event.preventDefault();
  const what = event.submitter.value;
  const supporter = form.elements.supporters;
  waiting.push({
    key: crypto.randomUUID(),
    person: Number(form.elements.person.value),
    what,
    at: Date.now(),
    supporters: what === "arrived" && supporter.checked ? 1 : 0,
  });
  keep();
  showWaiting();
  say(said());
  send();
});

// The list narrows as a name is typed, with or without its accents, whatever the line does.
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
door.querySelector("[data-door-search]").addEventListener("input", (event) => {
  const words = folded(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of door.querySelectorAll("[data-door-list] [data-door-person]")) {
    const name = folded(row.querySelector(".wb-door__name").textContent);
    row.hidden = !words.every((word) => name.includes(word));
  }
});

window.addEventListener("online", send);
window.addEventListener("beforeunload", (event) => {
  if (waiting.length) event.preventDefault();
});
setInterval(send, EVERY);
showWaiting();
if (waiting.length) send();
