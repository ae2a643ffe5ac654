// Shows a picture that the server has drawn. It is built anew of what pictures are made of: shapes, words and links
// within this site; anything else stays out.
const SVG = "http://www.w3.org/2000/svg";
const ELEMENTS = new Set(["svg", "g", "a", "path", "rect", "text", "title"]);
const ATTRIBUTES = new Set([
  "aria-current", "aria-hidden", "aria-label", "class", "d", "font-size", "height", "href", "role", "rx",
  "stroke-width", "text-anchor", "transform", "viewBox", "width", "x", "y",
]);

function built(source) {
  const made = document.createElementNS(SVG, source.localName);
  for (const { name, value } of source.attributes) {
    if (ATTRIBUTES.has(name) && (name !== "href" || /^\/(?!\/)/.test(value))) made.setAttribute(name, value);
  }
  for (const child of source.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) made.append(child.data);
    else if (ELEMENTS.has(child.localName)) made.append(built(child));
  }
  return made;
}

// The reader's place in a picture: how far it is scrolled, unless that is where we put it, and the node in focus.
const placed = new WeakMap(); // region → how far we scrolled it

function centre(region) {
  const node = region.querySelector(".or-centre");
  if (node) {
    const [frame, box] = [region.getBoundingClientRect(), node.getBoundingClientRect()];
    region.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }
  placed.set(region, region.scrollLeft);
}

// The node that a link of the picture is; the rest of its address are the filters.
const nodeOf = (link) => new URL(link.getAttribute("href") ?? "", location.href).searchParams.get("id");

function framed(parent) {
  const region = document.createElement("div");
  region.className = "or-picture";
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  parent.replaceChildren(region);
  return region;
}

const shown = new WeakMap(); // region → what it was drawn of

export default function ({ data, parentElement }) {
  const region = parentElement.querySelector(":scope > .or-picture") ?? framed(parentElement);
  const { svg, name } = shown.get(region) ?? {};
  if (svg === data.svg && name === data.name) return;
  shown.set(region, data);
  region.setAttribute("aria-label", data.name);
  const picture = built(new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement);
  picture.style.minWidth = `${Math.round(0.8 * Number(picture.getAttribute("width")))}px`;  // words stay legible
  const focused = region.contains(document.activeElement) && nodeOf(document.activeElement);
  const moved = name === data.name && region.scrollLeft !== placed.get(region);
  region.replaceChildren(picture);
  if (focused) ([...region.querySelectorAll("a")].find((each) => nodeOf(each) === focused) ?? region).focus({ preventScroll: true });
  if (!moved) centre(region);
}
