(() => {
  const roll = document.querySelector("style[data-roll]");
  if (!roll) return;
  let px = 0;
  for (const sheet of document.querySelectorAll(".sheet"))
    px = Math.max(px, sheet.getBoundingClientRect().height);
  const page = document.createElement("style");
  const high = Math.ceil((px / 96) * 25.4) + 2;
  page.textContent = "@page { size: " + roll.dataset.roll + "mm " + high + "mm; }";
  document.head.append(page);
})();
