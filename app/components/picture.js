// A picture of the exported drawing as PNG, twice its size, made by the reader's own browser and its fonts.
const image = (source) => new Promise((done, failed) => {
  const found = new Image();
  found.onload = () => done(found);
  found.onerror = () => failed(new Error("the drawing cannot be shown"));
  found.src = source;
});

const save = async (address, name) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const source = URL.createObjectURL(new Blob([await answer.text()], { type: "image/svg+xml" }));
  try {
    const drawing = await image(source);
    const canvas = document.createElement("canvas");
    const scale = Math.min(2, 16000 / drawing.height);
    [canvas.width, canvas.height] = [drawing.width * scale, drawing.height * scale];
    canvas.getContext("2d").drawImage(drawing, 0, 0, canvas.width, canvas.height);
    const link = document.createElement("a");
    const png = await new Promise((done) => canvas.toBlob(done, "image/png"));
    [link.href, link.download] = [URL.createObjectURL(png), name];
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } finally {
    URL.revokeObjectURL(source);
  }
};

export default function ({ parentElement, data }) {
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  const act = (label, done, work) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", async () => {
      said.textContent = "…";
      try {
        await work();
        said.textContent = done;
      } catch (error) {
        said.textContent = `That did not work here (${error.message}).`;
      }
    });
    return button;
  };
  parentElement.classList.add("or-takeaway");
  parentElement.replaceChildren(
    act("Copy link", "The address of this state is copied.", async () => navigator.clipboard.writeText(location.href)),
    act("Download PNG", "The picture is being saved.", () => save(data.address, data.name)),
    said,
  );
}
