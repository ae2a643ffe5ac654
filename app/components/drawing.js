// Shows a drawing that the server made: fetched as XML, so that nothing in it can run, and put into the page.
const hint = (parent) => {
  const tip = document.createElement("p");
  tip.className = "or-tip";
  tip.setAttribute("aria-hidden", "true");
  tip.hidden = true;
  const say = (event) => {
    const mark = event.target.closest?.(".or-mark, .or-bin");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.getAttribute("aria-label");
    const [at, room] = [mark.getBoundingClientRect(), parent.getBoundingClientRect()];
    tip.style.top = `${at.bottom - room.top + 6}px`;
    const middle = Math.max(at.left, room.left) / 2 + Math.min(at.right, room.right) / 2 - room.left;
    tip.style.left = `${Math.min(Math.max(middle, 150), room.width - 150)}px`;
  };
  parent.addEventListener("pointerover", say);
  parent.addEventListener("pointerleave", () => { tip.hidden = true; });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tip.hidden = true; });
  return tip;
};

const chosen = (parent, slug) => {
  for (const mark of parent.querySelectorAll(".or-mark")) {
    const event = new URL(mark.getAttribute("href"), location.href).searchParams.get("event");
    mark.classList.toggle("or-picked", Boolean(slug) && event === slug);
  }
};

// Links keep the rest of the address as it is now: filters are the drawing's own, view and lanes the page's.
const drawn = async (address, name) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  const found = new DOMParser().parseFromString(await answer.text(), "image/svg+xml").documentElement;
  if (found.localName !== "svg") throw new Error("no drawing");
  found.setAttribute("aria-label", name);
  for (const mark of found.querySelectorAll("a")) mark.setAttribute("tabindex", "-1");
  return document.importNode(found, true);
};

export default async function ({ parentElement, data }) {
  parentElement.classList.add("or-drawing");
  const tip = parentElement.querySelector(".or-tip") ?? hint(parentElement);
  if (parentElement.dataset.address !== data.address) {
    parentElement.dataset.address = data.address;
    const found = await drawn(data.address, data.name);
    if (parentElement.dataset.address !== data.address) return; // another was asked for meanwhile
    parentElement.replaceChildren(found, tip);
    parentElement.dataset.drawn = data.address;
  }
  chosen(parentElement, data.chosen);
}
