// A picture of the exported drawing as PNG, twice its size, made by the reader's own browser and its fonts.
import { address, link } from "./files.js";

const image = (source) => new Promise((done, failed) => {
  const found = new Image();
  found.onload = () => done(found);
  found.onerror = () => failed(new Error("the drawing cannot be shown"));
  found.src = source;
});

const save = async (source, name) => {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const made = URL.createObjectURL(new Blob([await answer.text()], { type: "image/svg+xml" }));
  try {
    const drawing = await image(made);
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 16000 / drawing.height);
    [canvas.width, canvas.height] = [drawing.width * scale, drawing.height * scale];
    canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
    const saved = document.createElement("a");
    const png = await new Promise((done) => canvas.toBlob(done, "image/png"));
    [saved.href, saved.download] = [URL.createObjectURL(png), name];
    saved.click();
    setTimeout(() => URL.revokeObjectURL(saved.href), 10_000);
  } finally {
    URL.revokeObjectURL(made);
  }
};

const act = (label, done, said, work) => {
  const button = document.createElement("button");
  [button.type, button.textContent, button.dataset.file] = ["button", label, ""];
  button.addEventListener("click", async () => {
    said.textContent = "…";
    try {
      said.textContent = (await work()) ? done : "";
    } catch (error) {
      said.textContent = `That did not work here (${error.message}).`;
    }
  });
  return button;
};

const copy = async () => {
  await navigator.clipboard.writeText(await address());
  return true;
};

const take = async ({ file, name }) => {
  const drawing = await link(file);
  if (drawing) await save(drawing.href, name);
  return Boolean(drawing);
};

const given = new WeakMap(); // element → what its buttons work with; they stay when that is another

export default function ({ parentElement, data }) {
  given.set(parentElement, data);
  if (parentElement.querySelector("button")) return;
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  parentElement.classList.add("or-takeaway");
  parentElement.replaceChildren(
    act("Copy link", "The address of this state is copied.", said, copy),
    act("Download PNG", "The picture is being saved.", said, () => take(given.get(parentElement))),
    said,
  );
}
