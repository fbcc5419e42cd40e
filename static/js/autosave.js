// Keeps what is typed into a form, so that a dead battery or a wrong turn loses nothing. Files are left out.
const line = document.querySelector("[data-autosave]");
const form = line && document.getElementById(line.dataset.autosaveForm);
// After a pause in typing; while somebody types on and on, no later than LONGEST; after a failure, again.
const PAUSE = 1500;
const LONGEST = 5000;
const AGAIN = 15000;
let timer;
let since;
let sending;
// Something was typed that has not arrived.
let waits = false;

function typed() {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") data.append(name, value);
  }
  data.append("page", line.dataset.autosavePage);
  return data;
}

function stop() {
  clearTimeout(timer);
  timer = since = undefined;
}

function keepIn(milliseconds) {
  clearTimeout(timer);
  timer = setTimeout(keep, milliseconds);
}

async function keep() {
  stop();
  sending?.abort();
  const mine = (sending = new AbortController());
  let kept = false;
  let pause = AGAIN;
  try {
    const answer = await fetch(line.dataset.autosave, {
      method: "POST",
      body: typed(),
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      redirect: "error",
      signal: mine.signal,
    });
    kept = answer.ok;
    pause = Number(answer.headers.get("Retry-After")) * 1000 || AGAIN;
  } catch {
    // The line may be down. Nothing is lost on the page itself.
  }
  if (sending !== mine || form.dataset.sent) return;
  line.textContent = kept ? line.dataset.autosaveSaved : (line.dataset.autosaveFailed ?? "");
  // A timer is set by what was typed meanwhile.
  if (timer) return;
  waits = !kept;
  if (waits) keepIn(pause);
}

form?.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  // Beside the box, where it is seen.
  if (event.target.tagName === "TEXTAREA" && event.target.nextElementSibling !== line) event.target.after(line);
  waits = true;
  since ??= Date.now();
  keepIn(Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
});

// Once the form itself is sent, keeping it would bring back what is saved already.
form?.addEventListener("submit", () => {
  stop();
  waits = false;
  sending?.abort();
});

// Leaving within the pause keeps it too, and what is still on its way is sent once more.
function leave() {
  if (form.dataset.sent || !waits) return;
  stop();
  waits = false;
  navigator.sendBeacon(line.dataset.autosave, typed());
}

if (form) {
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && leave());
  window.addEventListener("pagehide", leave);
}
