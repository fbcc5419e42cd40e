// Says while a new person is typed in whom the programme may have already. The page asks again when it is sent.
const WAIT = 400;
const NAMES = ["full_name", "known_as", "email", "phone", "postal_address"];
const place = document.querySelector("[data-like]");
const form = document.querySelector("form input[name='full_name']:not([type='hidden'])")?.form;
let timer = 0;
let asked = null;

async function look() {
  asked?.abort();
  asked = new AbortController();
  const typed = new URLSearchParams();
  for (const name of NAMES) typed.set(name, form.elements[name]?.value ?? "");
  try {
    const answer = await fetch(place.dataset.like, {
      method: "POST",
      body: typed,
      headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
      redirect: "error",
      signal: asked.signal,
    });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.body.textContent.trim();
    if (place.textContent.trim() !== found) place.replaceChildren(...page.body.childNodes);
  } catch {
    // Overtaken by the next letter, or without an answer: the page asks when it is sent.
  }
}

if (place && form) {
  form.addEventListener("input", (event) => {
    if (!NAMES.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
}
