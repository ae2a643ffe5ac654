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

export default function ({ data, parentElement }) {
  const region = document.createElement("div");
  region.className = "or-picture";
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", data.name);
  const picture = built(new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement);
  picture.style.minWidth = `${Math.round(0.8 * Number(picture.getAttribute("width")))}px`;  // words stay legible
  region.append(picture);
  parentElement.replaceChildren(region);
  const centre = region.querySelector(".or-centre");
  if (centre) {
    const [frame, box] = [region.getBoundingClientRect(), centre.getBoundingClientRect()];
    region.scrollLeft += box.left + box.width / 2 - frame.left - frame.width / 2;
  }
}
