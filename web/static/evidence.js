// Opens the lines of a reply all at once, for reading through and for paper. A comfort: each line opens
// by itself without this file.

(() => {
  "use strict";

  const lines = (turn) => [...turn.querySelectorAll("details.line")];

  // The button is there where it can do something; again whenever the page changes.
  const sync = () => {
    for (const told of document.querySelectorAll(".open-all[hidden]")) told.hidden = false;
    for (const button of document.querySelectorAll(".open-all button")) name(button);
  };

  // It says what it does next.
  const name = (button) => {
    button.dataset.open ??= button.textContent;
    const some = lines(button.closest(".turn"));
    const words = some.every((line) => line.open) ? button.dataset.close : button.dataset.open;
    if (button.textContent !== words) button.textContent = words;
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".open-all button");
    if (!button) return;
    const some = lines(button.closest(".turn"));
    const open = !some.every((line) => line.open);
    some.forEach((line) => (line.open = open));
    name(button);
  });
  document.addEventListener(
    "toggle",
    (event) => {
      const button = event.target.matches?.("details.line") && event.target.closest(".turn")?.querySelector(".open-all button");
      if (button) name(button);
    },
    true,
  );

  // A link to a quote opens its line, also where the browser does not do so by itself.
  const reveal = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const line = target && target.closest("details.line:not([open])");
    if (!line) return;
    line.open = true;
    target.scrollIntoView({ block: "nearest" });
  };
  addEventListener("hashchange", reveal);

  // On paper every quote is whole; afterwards the page is as it was left.
  let opened = [];
  addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details.line:not([open])")];
    opened.forEach((line) => (line.open = true));
  });
  addEventListener("afterprint", () => {
    opened.forEach((line) => (line.open = false));
    opened = [];
  });

  sync();
  reveal();
  new MutationObserver(sync).observe(document.body, { childList: true, subtree: true });
})();
