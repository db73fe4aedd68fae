// A quote as a PNG, drawn by this browser from the SVG with the fonts that it has. A comfort: without it the
// link gives the SVG.

(() => {
  "use strict";

  const save = async (address) => {
    const picture = new Image();
    picture.src = address;
    await picture.decode();
    const canvas = document.createElement("canvas");
    canvas.width = 2 * picture.naturalWidth;
    canvas.height = 2 * picture.naturalHeight;
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const file = await new Promise((done) => canvas.toBlob(done, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = "quote.png";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  for (const button of document.querySelectorAll("button[data-svg]")) {
    button.hidden = false;
    // Where it cannot be drawn, the SVG opens instead.
    button.addEventListener("click", () => save(button.dataset.svg).catch(() => location.assign(button.dataset.svg)));
  }
})();
