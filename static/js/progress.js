// Keeps a progress bar up to date: asks its address every few seconds, and says aloud only what is worth hearing.
const box = document.querySelector("[data-progress-url]");
const bar = box?.querySelector("progress");
let said = -1;
let wait = 1000;

function show({ done = 0, total = 0, state, message }) {
  bar.max = total || 1;
  bar.value = done;
  bar.setAttribute("aria-valuemax", total || 1);
  bar.setAttribute("aria-valuenow", done);
  box.querySelector("[data-progress-done]").textContent = done;
  box.querySelector("[data-progress-total]").textContent = total;
  const tenths = total ? Math.floor((10 * done) / total) : 0;
  // A screen reader hears a change of words, or one more tenth; never every single step.
  if (message && (tenths !== said || state !== "running")) {
    box.querySelector("[data-progress-message]").textContent = message;
    said = tenths;
  }
}

async function ask() {
  try {
    const answer = await fetch(box.dataset.progressUrl, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(answer.status);
    const news = await answer.json();
    show(news);
    if (news.state === "done" || news.state === "failed") {
      if (news.next_url) location.assign(news.next_url);
      else location.reload();
      return;
    }
    wait = 1000;
  } catch {
    // The line may be down for a while: ask less and less often, up to twice a minute.
    wait = Math.min(wait * 2, 30000);
  }
  setTimeout(ask, wait);
}

if (box) setTimeout(ask, wait);
