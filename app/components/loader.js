// What Streamlit is given for every component: it fetches the component's own module from this server, once.
const newest = new WeakMap(); // element → the call that drew it last, or tries to

export default async function (component) {
  const { module, given, missing } = component.data;
  const { parentElement } = component;
  newest.set(parentElement, component);
  try {
    const { default: draw } = await import(new URL(module, document.baseURI));
    const end = await draw({ ...component, data: given });
    if (newest.get(parentElement) === component) parentElement.querySelector(":scope > [data-missing]")?.remove();
    return end;
  } catch (error) {
    console.error(`${module}: ${error}`);
    const said = document.createElement("p");
    said.dataset.missing = "";
    said.setAttribute("role", "alert");
    said.textContent = missing;
    parentElement.replaceChildren(said);
  }
}
