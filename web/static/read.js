// Keeps the outline at the place that is read, steps from match to match
// without loading, and shows the self-test in place. All of it is a comfort.

(() => {
  "use strict";

  const box = document.querySelector(".find input[type=search]");
  if (!box) return;

  // The outline follows the reader.
  const links = new Map([...document.querySelectorAll(".toc a")].map((link) => [link.hash.slice(1), link]));
  const sections = [...document.querySelectorAll(".outline > section[id]")];
  const toc = document.querySelector(".toc");
  let current = null;
  const follow = () => {
    const line = innerHeight / 3;
    const here = sections.findLast((section) => section.getBoundingClientRect().top <= line) ?? sections[0];
    const link = here && links.get(here.id);
    if (!link || link === current) return;
    document.querySelectorAll(".toc a[aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    link.setAttribute("aria-current", "location");
    current = link;
    // Only the outline scrolls, and only where it stands beside the text.
    if (getComputedStyle(toc).position !== "sticky") return;
    const top = link.offsetTop - toc.offsetTop;
    if (top < toc.scrollTop || top + link.offsetHeight > toc.scrollTop + toc.clientHeight) {
      toc.scrollTop = top - toc.clientHeight / 3;
    }
  };
  let waiting = false;
  const later = () => {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  };
  addEventListener("scroll", later, { passive: true });
  follow();

  // From match to match.
  const at = document.querySelector(".at");
  const go = (to) => {
    const total = Number(at.dataset.total);
    const number = ((to - 1 + total) % total) + 1;
    document.querySelectorAll("mark.found.now").forEach((mark) => mark.classList.remove("now"));
    const mark = document.getElementById("found-" + number);
    mark?.classList.add("now");
    mark?.scrollIntoView({ block: "center" });
    at.querySelector(".now-at").textContent = number;
    const address = new URL(location);
    address.searchParams.set("at", number);
    history.replaceState(null, "", address.search + "#found-" + number);
  };
  const present = () => Number(at.querySelector(".now-at").textContent);
  document.addEventListener("click", (event) => {
    const step = event.target.closest?.("a.step");
    if (!step || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(present() + (step.rel === "next" ? 1 : -1));
  });
  if (at && !location.hash) document.getElementById("found-" + present())?.scrollIntoView({ block: "center" });
  addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable]")) return;
    event.preventDefault();
    box.focus();
    box.select();
  });

  // The self-test, asked for and shown in place.
  const test = document.querySelector(".self-test a");
  test?.addEventListener("click", async (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    test.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(test.href, { credentials: "same-origin" });
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const tested = page.querySelector(".tested");
      if (!response.ok || !tested) throw new Error("no test");
      const place = document.createElement("div");
      place.className = "self-test";
      place.tabIndex = -1;
      place.append(document.adoptNode(tested));
      test.parentElement.replaceWith(place);
      place.focus();
    } catch {
      location.assign(test.href);
    }
  });
})();
