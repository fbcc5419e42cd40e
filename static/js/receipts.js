// Makes a large photo smaller before it is sent, and says at once when a file is too large. Where anything here fails,
// the file goes as it is, and the server says the same.
const MEGABYTE = 1024 * 1024;
const boxes = document.querySelectorAll("input[type='file'][data-most-bytes]");
const made = new WeakSet();
const working = new Map();

// Whole pictures longer than this for their width are cut into pages by the server: they keep their dots.
const LONG = 2.5;
const QUALITY = 0.85;

function sizeWords(bytes) {
  return bytes < MEGABYTE
    ? `${Math.max(1, Math.ceil(bytes / 1024))}\u00a0KB`
    : `${Math.ceil((bytes * 10) / MEGABYTE) / 10}\u00a0MB`;
}

async function smaller(file, side) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const { width, height } = picture;
  const scale = Math.min(1, side / Math.max(width, height));
  if (Math.max(width, height) > LONG * Math.min(width, height)) {
    picture.close();
    return file;
  }
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white";
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob || blob.type !== "image/jpeg" || blob.size >= file.size) return file;
  const name = file.name.replace(/\.[^.]*$/, "") || "photo";
  return new File([blob], `${name}.jpg`, { type: blob.type, lastModified: file.lastModified });
}

async function shrink(box) {
  const [file] = box.files;
  const { shrinkAbove, shrinkTypes, shrinkSide } = box.dataset;
  if (!file || file.size <= Number(shrinkAbove) || !shrinkTypes.split(",").includes(file.type)) return;
  const copy = await smaller(file, Number(shrinkSide));
  // Another file may have been chosen in the meantime.
  if (copy === file || box.files[0] !== file) return;
  const files = new DataTransfer();
  files.items.add(copy);
  made.add(copy);
  box.files = files.files;
  box.dispatchEvent(new Event("change", { bubbles: true }));
}

function isTooLarge(box) {
  return [...box.files].some((file) => file.size > Number(box.dataset.mostBytes));
}

// Puts the server's own sentence beside the field, or takes it away again.
function say(box) {
  const group = box.closest(".govuk-form-group");
  const id = `${box.id}_error`;
  document.getElementById(id)?.remove();
  const described = (box.getAttribute("aria-describedby") ?? "").split(" ").filter((each) => each && each !== id);
  const wrong = isTooLarge(box);
  if (wrong) {
    const line = document.createElement("p");
    line.className = "govuk-error-message";
    line.textContent = box.dataset.tooLarge.replace("{size}", sizeWords(box.files[0].size));
    const place = document.createElement("div");
    place.id = id;
    place.setAttribute("role", "alert");
    place.append(line);
    box.before(place);
    described.push(id);
  }
  group.classList.toggle("govuk-form-group--error", wrong);
  box.classList.toggle("govuk-input--error", wrong);
  if (wrong) box.setAttribute("aria-invalid", "true");
  else box.removeAttribute("aria-invalid");
  box.setAttribute("aria-describedby", described.join(" "));
}

for (const box of boxes) {
  box.addEventListener("change", async () => {
    if (!made.has(box.files[0])) {
      const work = shrink(box).catch(() => {});
      working.set(box, work);
      await work;
      if (working.get(box) !== work) return;
      working.delete(box);
    }
    say(box);
  });

  box.form.addEventListener("submit", async (event) => {
    const { submitter } = event;
    if (working.has(box)) {
      event.preventDefault();
      await working.get(box);
      box.form.requestSubmit(submitter);
    } else if (isTooLarge(box)) {
      event.preventDefault();
      say(box);
      box.focus();
    }
  });
}
