// Offers to tag the words that are selected inside one answer: a link beside them, which Tab reaches next and
// Escape hides. Without it, quotes are tagged from their cards.

(() => {
  "use strict";

  const link = document.querySelector(".tag-selected");
  if (!link) return;
  const page = link.getAttribute("href");
  const LONGEST = 2000;

  const hide = () => {
    if (link.hidden) return;
    if (document.activeElement === link) document.getElementById("text").focus({ preventScroll: true });
    link.hidden = true;
  };

  const wordsAround = (node) => {
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    return element?.closest(".received, .aside") ? null : element?.closest(".answer > .words");
  };

  const packed = (text) => [...text.replace(/\s+/gu, "")].length;

  // The selected part of one answer. A selection that ends before the next answer's first word is whole.
  const selected = () => {
    const selection = getSelection();
    if (!selection?.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0).cloneRange();
    const words = wordsAround(range.startContainer);
    if (!words) return null;
    if (!words.contains(range.endContainer)) {
      const all = packed(range.toString());
      range.setEnd(words, words.childNodes.length);
      if (packed(range.toString()) < all) return null;
    }
    const text = range.toString().trim();
    return text && text.length <= LONGEST ? { range, words, text } : null;
  };

  const offer = () => {
    const found = selected();
    if (!found) {
      // The link itself may have the focus.
      if (document.activeElement !== link) hide();
      return;
    }
    const { range, words, text } = found;
    const before = document.createRange();
    before.selectNodeContents(words);
    before.setEnd(range.startContainer, range.startOffset);
    const answer = words.parentElement;
    const address = new URL(page, location.href);
    address.searchParams.set("answer", answer.getAttribute("aria-label").replace(" · ", "."));
    address.searchParams.set("words", text);
    address.searchParams.set("before", packed(before.toString()));
    link.href = address.href;
    // After the words, so that Tab leads there.
    if (words.nextElementSibling !== link) words.after(link);
    link.hidden = false;
    const box = answer.getBoundingClientRect();
    const lines = range.getClientRects();
    const last = lines.length ? lines[lines.length - 1] : range.getBoundingClientRect();
    link.style.top = `${last.bottom - box.top + 4}px`;
    link.style.left = `${Math.max(0, Math.min(last.right - box.left, box.width) - link.offsetWidth)}px`;
  };

  let waiting = 0;
  document.addEventListener("selectionchange", () => {
    clearTimeout(waiting);
    waiting = setTimeout(offer, 150);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
  });
})();
