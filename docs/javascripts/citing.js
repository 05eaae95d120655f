/* Citing: beside the id of each card, and on the page of an entry, a button that copies its BibTeX. The page of an
   entry has the text. For cards the texts come in a file of the chapter, asked for once, when such a button is pointed
   at, has the focus or is pressed. */
"use strict";

{
  const citationsOf = filesOf("citations", "cited");

  const addButton = (link, textOf) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
    button.textContent = "BibTeX";
    button.title = "Copy how to cite this";
    button.addEventListener("click", async () => {
      const text = await textOf();
      if (text) copyFrom(button, text);
      else link.click(); // there it stands in the page
    });
    link.after(" ", button);
    return button;
  };

  for (const link of document.querySelectorAll(".chain:not(.entry) > .kind > a[href^='r/']")) {
    const id = link.textContent, ask = () => citationsOf(id.split(".")[0]);
    const button = addButton(link, async () => (await ask())[id]);
    for (const near of ["pointerenter", "focus"]) button.addEventListener(near, ask);
  }
  // There the button among those for its other texts is screens below.
  for (const link of document.querySelectorAll(".chain.entry > .kind > a:has(> code)")) {
    addButton(link, () => document.getElementById("cite-0").textContent);
  }
}
