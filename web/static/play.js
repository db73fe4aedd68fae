// Plays a quote's part of a recording, shows the words as they are said, and goes to the words that are
// clicked. A comfort: without it the link opens the same part in the browser's own player.

(() => {
  "use strict";

  let audio = null;
  let until = null;
  let sound = "";
  let from = null;

  const close = () => {
    audio.pause();
    audio.closest(".player").remove();
    document.body.classList.remove("playing");
    audio = null;
    until = null;
    show(null);
    if (from?.isConnected) from.focus();
  };

  const open = (link) => {
    const bar = document.createElement("div");
    bar.className = "player";
    bar.setAttribute("role", "region");
    bar.setAttribute("aria-label", link.dataset.player);
    audio = document.createElement("audio");
    audio.controls = true;
    audio.preload = "metadata";
    audio.setAttribute("aria-label", link.dataset.player);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.setAttribute("aria-label", link.dataset.close);
    button.addEventListener("click", close);
    bar.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      // A dialog around it stays open.
      event.preventDefault();
      event.stopPropagation();
      close();
    });
    bar.append(audio, button);
    // A dialog that is open hides what is outside it.
    (document.querySelector("dialog:modal") ?? document.body).append(bar);
    document.body.classList.add("playing");
    audio.addEventListener("timeupdate", follow);
    audio.addEventListener("seeking", follow);
    // Whoever goes on by hand hears more than the quote.
    audio.addEventListener("play", () => {
      if (until !== null && audio.currentTime * 1000 >= until) until = null;
    });
  };

  const seek = (ms) => {
    audio.currentTime = ms / 1000;
  };

  const start = (link) => {
    from = link;
    const address = new URL(link.href).pathname;
    if (!audio?.isConnected) open(link);
    const fromMs = Number(link.dataset.from);
    until = link.dataset.to ? Number(link.dataset.to) : null;
    const begin = () => {
      seek(fromMs);
      audio.play().catch(() => {});
    };
    if (sound !== address || !audio.src) {
      sound = address;
      audio.src = address;
      audio.addEventListener("loadedmetadata", begin, { once: true });
    } else if (audio.readyState > 0) {
      begin();
    }
    for (const outline of outlines()) outline.classList.add("follows");
  };

  const outlines = () => [...document.querySelectorAll("[data-sound]")].filter((one) => one.dataset.sound === sound);

  // The last place at or before a moment.
  const placeAt = (outline, ms) => {
    const places = [...outline.querySelectorAll(".at-ms")];
    const at = places.findLastIndex((place) => Number(place.dataset.ms) <= ms);
    return at < 0 ? null : [places[at], places[at + 1]];
  };

  let shown = null;
  const show = (place, next) => {
    if (shown === place) return;
    shown = place;
    document.querySelectorAll(".answer.speaking").forEach((one) => one.classList.remove("speaking"));
    globalThis.CSS?.highlights?.delete("spoken");
    const words = place?.closest(".words");
    if (!words) return;
    place.closest(".answer")?.classList.add("speaking");
    if (!globalThis.CSS?.highlights) return;
    const range = new Range();
    range.setStartAfter(place);
    if (next && words.contains(next)) range.setEndBefore(next);
    else range.setEndAfter(words.lastChild);
    CSS.highlights.set("spoken", new Highlight(range));
  };

  const follow = () => {
    if (!audio) return;
    const now = audio.currentTime * 1000;
    if (until !== null && now >= until && !audio.paused) audio.pause();
    for (const outline of outlines()) {
      const found = placeAt(outline, now + 50);
      if (found) show(...found);
    }
  };

  // The words that were clicked, while a recording is open and nothing is selected.
  const clicked = (event) => {
    const words = event.target.closest?.(".words");
    const outline = words?.closest("[data-sound]");
    if (!audio?.isConnected || outline?.dataset.sound !== sound || !getSelection().isCollapsed) return;
    if (event.target.closest("a, button, summary, input")) return;
    const caret = document.caretPositionFromPoint?.(event.clientX, event.clientY);
    const node = caret?.offsetNode ?? event.target;
    const before = (place) => place.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING;
    const place = [...words.querySelectorAll(".at-ms")].findLast(before);
    if (!place) return;
    until = null;
    seek(Number(place.dataset.ms));
    audio.play().catch(() => {});
  };

  document.addEventListener("click", (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const link = event.target.closest?.("a.play");
    if (!link) {
      clicked(event);
      return;
    }
    event.preventDefault();
    start(link);
    // Whoever came by keyboard can pause at once: the player stands at the end of the page.
    if (event.detail === 0) audio.focus();
  });
})();
