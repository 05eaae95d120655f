/* Previews: a link to a result shows its statement while it is pointed at or has the focus. It can be dismissed (by
   Escape), the pointer may move over it, and it stays until it is left. On a touch screen there is none. */
"use strict";

{
  const BEFORE = 250, AFTER = 300; // milliseconds until it opens at the pointer, and until it closes
  const LINKS = ":is(article, .preview) a[href]:not(.headerlink)";
  const fileOf = filesOf("previews", "previewed");
  let box, current, timer;

  const idOf = (link) => {
    const { pathname, hash } = new URL(link.getAttribute("href"), document.baseURI);
    const name = /^#([a-z_]+\.[a-z_\d]+)$/.exec(hash)?.[1] ?? /\/r\/([a-z_]+\.[a-z_\d]+)\.html$/.exec(pathname)?.[1];
    return name?.startsWith("any_loss.") ? null : name; // losses have no file
  };

  /* What is on the page is taken from it; else from the file of its chapter, asked for once. */

  const cardOf = (id) => {
    const card = document.getElementById(id)?.closest(".chain");
    if (!card || card.querySelector("[id]")?.id !== id) return null;
    const said = [...card.querySelectorAll(":scope > :is(.statement, .claim, .hypotheses, p:not(.kind))")];
    const title = card.querySelector("h3").cloneNode(true);
    title.querySelector(".headerlink")?.remove();
    const shown = said.slice(0, 2).map((part) => part.cloneNode(true));
    shown.forEach((part) => part.querySelectorAll(".copy").forEach((button) => button.remove()));
    return [Object.assign(document.createElement("strong"), { textContent: title.textContent }), ...shown];
  };

  const contentOf = async (id) => {
    const card = cardOf(id);
    if (card) return card;
    const text = (await fileOf(id.split(".")[0]))[id];
    return text && [...new DOMParser().parseFromString(text, "text/html").body.childNodes];
  };

  /* The box lies over the page, which does not move for it. */

  const place = (link) => {
    const at = link.getBoundingClientRect(), width = document.documentElement.clientWidth;
    const left = Math.max(8, Math.min(at.left, width - box.offsetWidth - 8));
    const above = at.bottom + box.offsetHeight + 8 > innerHeight && at.top > box.offsetHeight;
    box.style.left = `${left + scrollX}px`;
    box.style.top = `${(above ? at.top - box.offsetHeight : at.bottom) + scrollY}px`;
  };

  const close = () => {
    clearTimeout(timer);
    current?.removeAttribute("aria-describedby");
    current = null;
    if (box) box.hidden = true;
  };

  const open = async (link, id) => {
    if (current === link) return;
    close();
    current = link;
    const content = await contentOf(id);
    if (current !== link || !content) return;
    box ??= document.body.appendChild(Object.assign(document.createElement("div"), { id: "preview" }));
    box.className = "preview md-typeset";
    box.setAttribute("role", "tooltip");
    box.replaceChildren(...content);
    for (const part of box.querySelectorAll("[id], [tabindex]")) {
      for (const name of ["id", "tabindex", "role", "aria-label"]) part.removeAttribute(name);
    }
    // A box of a graph has a tip of its own, which would lie over this one.
    const tip = link.querySelector(":scope > title");
    if (tip) {
      link.setAttribute("aria-label", tip.textContent);
      tip.remove();
    }
    box.hidden = false;
    place(link);
    link.setAttribute("aria-describedby", "preview");
  };

  const later = (wait, act) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };

  const linkAt = (event) => {
    const link = event.target.closest?.(LINKS), id = link && idOf(link);
    return id && !link.closest(".preview") ? [link, id] : null;
  };

  if (matchMedia("(hover: hover)").matches) {
    document.addEventListener("pointerover", (event) => {
      const found = linkAt(event);
      if (found?.[0] === current || event.target.closest?.(".preview")) clearTimeout(timer);
      else if (found) later(BEFORE, () => open(...found));
      else if (current !== document.activeElement) later(AFTER, close);
    });
    document.addEventListener("focusin", (event) => {
      const found = linkAt(event);
      if (found && event.target.matches(":focus-visible")) open(...found);
    });
    document.addEventListener("focusout", (event) => event.target === current && close());
    document.addEventListener("keydown", (event) => event.key === "Escape" && current && close());
  }
}
