// Says under a box that words in it are not those the programme agreed to use. It stops nobody from sending them.
for (const form of document.querySelectorAll("form[data-hints]")) {
  form.addEventListener("change", async (event) => {
    const box = event.target;
    if (box.tagName !== "TEXTAREA" || !form.elements.csrfmiddlewaretoken) return;
    const text = box.value;
    try {
      const answer = await fetch(form.dataset.hints, {
        method: "POST",
        body: new URLSearchParams({ text }),
        headers: { "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        redirect: "error",
      });
      if (answer.ok && box.value === text) show(box, (await answer.json()).hints);
    } catch {
      // Without an answer nothing is said: the words can be sent all the same.
    }
  });
}

function show(box, hints) {
  let line = box.parentElement.querySelector(".wb-words");
  if (!line) {
    line = document.createElement("div");
    line.className = "govuk-hint wb-words";
    line.setAttribute("role", "status");
    box.after(line);
  }
  line.replaceChildren(
    ...hints.map((hint) => {
      const sentence = document.createElement("p");
      sentence.textContent = hint;
      return sentence;
    }),
  );
}
