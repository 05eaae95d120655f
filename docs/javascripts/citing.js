/* Citing: beside the id of each card, of the page of an entry and of a loss that a page works out, and at each result
   in a fold, a button that copies its BibTeX. The page of an entry has the text, and so has that of the losses. For
   others the texts come in a file of the chapter, asked for once, when such a button is pointed at, has the focus or
   is pressed. */
"use strict";

{
  const citationsOf = filesOf("citations", "cited");

  const addButton = (link, textOf, place = link) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
    button.textContent = "BibTeX";
    button.title = "Copy how to cite this";
    button.addEventListener("click", async () => {
      const text = await textOf();
      if (text) copyFrom(button, text);
      else link.click(); // there it stands in the page
    });
    place.after(" ", button);
    return button;
  };

  const addAsking = (link, id, place) => {
    const ask = () => citationsOf(id.split(".")[0]);
    const textOf = async () => {
      const text = (await ask())[id];
      return text && withAddress(text, `${ROOT}r/${id}.html`);
    };
    const button = addButton(link, textOf, place);
    for (const near of ["pointerenter", "focus"]) button.addEventListener(near, ask);
  };

  for (const link of document.querySelectorAll(".chain:not(.entry) > .kind > a[href^='r/']")) {
    addAsking(link, link.textContent);
  }
  // In a fold: below what Coq reads, or at the end of the row.
  for (const link of document.querySelectorAll("a.citable, .graph-list li > a:first-child")) {
    addAsking(link, link.hash.slice(1), link.closest("pre") ?? link.closest("li, p").lastChild);
  }
  // There the button among those for its other texts is screens below.
  for (const link of document.querySelectorAll(".chain.entry > .kind > a:has(> code)")) {
    addButton(link, () => document.getElementById("cite-0").textContent);
  }
  for (const link of document.querySelectorAll(".chain.loss > .kind > a")) {
    addButton(link, () => document.getElementById(`cite-${link.textContent}`).textContent);
  }
}
