// Small helps on every page. Each page works without them.

// After a form comes back with errors, start reading at what is wrong.
const summary = document.querySelector("[data-focus-first]");
if (summary) {
  summary.focus();
}

// A link in the summary goes to the field itself, with its label in view, not hidden under the top of the window.
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  (field.closest(".govuk-form-group") ?? field).scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

// Pressing a button twice does a thing once. The button stays in place, so that its name and value are still sent.
document.addEventListener("submit", (event) => {
  const form = event.target;
  // A link that opens in a new tab leaves this page, and its form, to be gone on with.
  const opensTab = (event.submitter?.formTarget || form.target) === "_blank";
  if (form.method === "get" || opensTab || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  event.submitter?.setAttribute("aria-busy", "true");
});

// Coming back with the Back button: the page may have been kept as it was, so let its forms be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
  }
  for (const button of document.querySelectorAll("[aria-busy]")) {
    button.removeAttribute("aria-busy");
  }
});

// Moving on from the open menu with the keyboard closes it, so that it never hides where you are.
const menu = document.getElementById("site-menu");
menu?.addEventListener("focusout", ({ relatedTarget }) => {
  const toggle = document.querySelector(".wb-header [popovertarget]");
  if (relatedTarget && relatedTarget !== toggle && !menu.contains(relatedTarget)) menu.hidePopover?.();
});

// What opens over the page closes with Escape, and when one presses elsewhere; a form that is open stays.
document.addEventListener("keydown", (event) => {
  const open = event.key === "Escape" && document.activeElement?.closest(".wb-drop[open], .wb-more[open]");
  if (!open) return;
  open.open = false;
  open.querySelector("summary").focus();
});
document.addEventListener("click", (event) => {
  for (const open of document.querySelectorAll(".wb-drop[open]:not(.wb-next__form)")) {
    if (!open.contains(event.target)) open.open = false;
  }
});

// Say which files were chosen, and how big they are: the box itself cuts long names short on a phone.
document.addEventListener("change", (event) => {
  const box = event.target;
  if (box.type !== "file") return;
  let line = box.parentElement.querySelector(".wb-file__chosen");
  if (!line) {
    line = document.createElement("p");
    line.className = "wb-file__chosen";
    line.setAttribute("role", "status");
    box.after(line);
  }
  line.textContent = [...box.files]
    .map((file) => `${file.name} (${Math.ceil((file.size * 10) / 1048576) / 10} MB)`)
    .join(", ");
});
