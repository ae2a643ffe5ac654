// What Streamlit is given for every component: it fetches the component's own module from this server, once.
export default async function (component) {
  const { module, given, missing } = component.data;
  try {
    const { default: draw } = await import(new URL(module, document.baseURI));
    return await draw({ ...component, data: given });
  } catch (error) {
    console.error(`${module}: ${error}`);
    const said = document.createElement("p");
    said.setAttribute("role", "alert");
    said.textContent = missing;
    component.parentElement.replaceChildren(said);
  }
}
