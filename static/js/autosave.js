// Keeps what is typed into a form, so that a dead battery or a wrong turn loses nothing. Files are left out.
const line = document.querySelector("[data-autosave]");
const form = line && document.getElementById(line.dataset.autosaveForm);
const PAUSE = 1500;
let timer;
let sending;

function typed() {
  const data = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (typeof value === "string") data.append(name, value);
  }
  data.append("page", line.dataset.autosavePage);
  return data;
}

async function keep() {
  sending?.abort();
  sending = new AbortController();
  try {
    const answer = await fetch(line.dataset.autosave, {
      method: "POST",
      body: typed(),
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      redirect: "error",
      signal: sending.signal,
    });
    line.textContent = answer.ok ? line.dataset.autosaveSaved : "";
  } catch {
    // The line may be down. Nothing is lost on the page itself, and the next pause tries again.
    line.textContent = "";
  }
}

form?.addEventListener("input", (event) => {
  if (event.target.type === "file") return;
  clearTimeout(timer);
  timer = setTimeout(() => {
    timer = undefined;
    keep();
  }, PAUSE);
});

// Once the form itself is sent, keeping it would bring back what is saved already.
form?.addEventListener("submit", () => {
  clearTimeout(timer);
  sending?.abort();
});

// Leaving within the pause keeps it too.
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "hidden" || !timer || form.dataset.sent) return;
  clearTimeout(timer);
  timer = undefined;
  navigator.sendBeacon(line.dataset.autosave, typed());
});
