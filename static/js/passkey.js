// Passkeys exist only where the browser has them; says so when one was not used. allauth's own scripts do the rest.
const able = Boolean(window.PublicKeyCredential);
for (const element of document.querySelectorAll("[data-passkey]")) element.hidden = !able;
for (const element of document.querySelectorAll("[data-no-passkey]")) element.hidden = able;

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const problem of document.querySelectorAll("[data-passkey-problem]")) problem.hidden = false;
});
