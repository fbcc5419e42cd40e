// Search as one types: what the server finds takes the place of the list, without leaving the box. Without this, the
// button "Show" does the same.
const PARTS = "[data-live-part]";
const WAIT = 250;
const holder = document.querySelector("[data-live]");
const box = holder?.querySelector("input[name='q']");
const form = box?.form;
let timer = 0;
let asked = null;

// The address that the button "Show" would lead to, without what belongs to the boxes alone.
function address() {
  const query = new URLSearchParams(window.location.search);
  for (const name of ["page", "export"]) query.delete(name);
  for (const field of form.querySelectorAll(".wb-filters [name]")) {
    if (["ticks", "go"].includes(field.name) || (field.type === "checkbox" && !field.checked)) continue;
    if (field.value) query.set(field.name, field.value);
    else query.delete(field.name);
  }
  const text = query.toString();
  return text ? `${window.location.pathname}?${text}` : window.location.pathname;
}

async function show() {
  // A tick on its way to the server is waited for, so that what comes back has it.
  if (form.dataset.ticksSaving) {
    timer = setTimeout(show, WAIT);
    return;
  }
  const to = address();
  asked?.abort();
  asked = new AbortController();
  try {
    const answer = await fetch(to, { signal: asked.signal, headers: { Accept: "text/html" } });
    // Signed out meanwhile, or an error: the button says what it is.
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const parts = page.querySelectorAll(`[data-live] ${PARTS}`);
    const here = holder.querySelectorAll(PARTS);
    if (parts.length !== here.length) return;
    here.forEach((part, index) => part.replaceChildren(...parts[index].childNodes));
    form.action = to;
    window.history.replaceState(null, "", to);
  } catch {
    // Overtaken by the next letter, or the line is down: the button sends the search itself.
  }
}

box?.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(show, WAIT);
});
