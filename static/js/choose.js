// Counts what is ticked on the page where a run is made, at once. Without this, a button asks the server for the sum.
const form = document.querySelector("form:has([data-chosen])");
const boxes = [...form.querySelectorAll("input[name='claims']")];
const money = new Intl.NumberFormat("en-GB", { style: "currency", currency: "GBP" });

function count() {
  const ticked = boxes.filter((box) => box.checked);
  const pence = ticked.reduce((sum, box) => sum + Number(box.dataset.pence), 0);
  form.querySelector("[data-chosen-claims]").textContent = ticked.length;
  form.querySelector("[data-chosen-people]").textContent = new Set(ticked.map((box) => box.dataset.person)).size;
  form.querySelector("[data-chosen-total]").textContent = money.format(pence / 100);
}

form.addEventListener("change", count);
form.querySelector("button[value='count']").remove();
for (const button of form.querySelectorAll("button[value='all'], button[value='none']")) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of boxes) box.checked = button.value === "all";
    count();
  });
}
// The Back button may bring ticks of its own.
window.addEventListener("pageshow", count);
