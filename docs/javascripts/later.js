/* The theme's script runs when the page stands: it shows nothing that a reader waits for, and on a slow phone it costs
   as long as the page itself. The index of the search waits until somebody searches, and asked.js comes before it. */
"use strict";

{
  const { src, dataset: { then } } = document.currentScript;
  const { open, send } = XMLHttpRequest.prototype;

  const searching = new Promise((resolve) => {
    // An address that asks a question, or that a search led to, needs the index at once.
    if (/[?&][qh]=/.test(location.search)) resolve();
    document.querySelector(".md-search")?.addEventListener("focusin", resolve, { once: true });
    document.getElementById("__search")?.addEventListener("change", resolve, { once: true });
    if (location.protocol === "file:") resolve(); // there the index is a script, and waits for nothing
  }).then(() => window.formulaAsked || new Promise((done) => { // the list of all results has it already
    // Without it words are found all the same.
    const asked = { src: new URL("asked.js", src), onload: done, onerror: done };
    document.head.append(Object.assign(document.createElement("script"), asked));
  }));
  // So does what searches in it: until then a stand-in keeps what it is told. What the search answers is seen by
  // asked.js before the theme sees it: who listens first hears first.
  const { Worker } = window;
  window.Worker = class extends EventTarget {
    constructor(...given) {
      super();
      this.addEventListener("message", (event) => this.answer?.(event));
      this.real = searching.then(() => {
        const real = new Worker(...given);
        for (const type of ["message", "error"])
          real.addEventListener(type, (event) => this.dispatchEvent(new event.constructor(type, event)));
        return real;
      });
    }
    postMessage(...told) {
      this.real.then((real) => real.postMessage(...told));
    }
    terminate() {
      this.real.then((real) => real.terminate());
    }
  };
  XMLHttpRequest.prototype.open = function (method, url, ...rest) {
    this.waits = /\/search_index\.json$/.test(url);
    return open.call(this, method, url, ...rest);
  };
  XMLHttpRequest.prototype.send = function (...body) {
    if (this.waits) searching.then(() => send.apply(this, body));
    else send.apply(this, body);
  };

  // The theme waits for the end of reading, which by now is past: what it would do then, it does at once.
  const run = () => {
    const missed = [];
    const listen = document.addEventListener;
    document.addEventListener = (type, listener, ...rest) => {
      if (type === "DOMContentLoaded") missed.push(listener);
      else listen.call(document, type, listener, ...rest);
    };
    const script = Object.assign(document.createElement("script"), { src: then });
    script.addEventListener("load", () => {
      delete document.addEventListener;
      // One by one: between two of them a reader's click is answered.
      missed.forEach((listener) => setTimeout(() => listener.call(document, new Event("DOMContentLoaded"))));
    });
    document.body.append(script);
  };
  // After the frame that shows the page, not in it.
  requestAnimationFrame(() => setTimeout(run));
}
