"use strict";
(() => {
  const form = document.getElementById("filter");
  const voices = Array.from(document.querySelectorAll(".voice"), (element) => ({
    element,
    pairs: element.dataset.opinions.split(" ").map((pair) => pair.split(":")),
    group: element.dataset.group,
    text: element.textContent.toLowerCase(),
  }));

  function matches(voice, { driver, sign, group, text }) {
    const said = voice.pairs.some(([d, s]) => (!driver || d === driver) && (!sign || s === sign));
    return said && (!group || voice.group === group) && voice.text.includes(text);
  }

  function update() {
    const value = (name) => (form.elements[name] ? form.elements[name].value : "");
    const wanted = {
      driver: value("driver"),
      sign: value("sign"),
      group: value("group"),
      text: value("text").trim().toLowerCase(),
    };
    let shown = 0;
    for (const voice of voices) {
      const match = matches(voice, wanted);
      voice.element.hidden = !match;
      shown += match;
    }
    form.querySelector("output").textContent = `${shown} of ${voices.length} shown`;
  }

  function show(event) {
    const link = event.target.closest("a[data-driver]");
    if (!link) return;
    event.preventDefault();
    form.reset();
    form.elements.driver.value = link.dataset.driver;
    form.elements.sign.value = link.dataset.sign;
    form.closest("details").open = true;
    update();
    document.getElementById("verbatims").scrollIntoView();
    form.elements.driver.focus({ preventScroll: true });
  }

  if (form) {
    form.addEventListener("input", update);
    form.addEventListener("reset", () => setTimeout(update));
    form.addEventListener("submit", (event) => event.preventDefault());
    document.addEventListener("click", show);
    form.hidden = false;
    update();
  }

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);

  function point(event) {
    const mark = event.target.closest("[data-said]");
    tip.hidden = !mark;
    if (!mark) return;
    tip.textContent = mark.dataset.said;
    const box = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = `${Math.max(8, Math.min(box.left, room))}px`;
    const above = box.top - tip.offsetHeight - 8;
    tip.style.top = `${above > 8 ? above : box.bottom + 8}px`;
  }

  document.addEventListener("pointerover", point);
  document.addEventListener("scroll", () => (tip.hidden = true), { passive: true });
})();
