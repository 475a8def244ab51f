"use strict";
(() => {
  const form = document.getElementById("filter");
  const voices = Array.from(document.querySelectorAll(".voice"), (element) => ({
    element,
    opinions: element.dataset.opinions,
    text: element.textContent.toLowerCase(),
  }));
  const count = form.querySelector("output");

  function matches(voice, driver, sign, words) {
    const pairs = voice.opinions.split("|").filter(Boolean).map((pair) => pair.split(":"));
    const said = pairs.some(([d, s]) => (!driver || d === driver) && (!sign || s === sign));
    return said && voice.text.includes(words);
  }

  function update() {
    const { driver, sign, text } = form.elements;
    const words = text.value.trim().toLowerCase();
    let shown = 0;
    for (const voice of voices) {
      const match = matches(voice, driver.value, sign.value, words);
      voice.element.hidden = !match;
      shown += match;
    }
    count.textContent = `${shown} of ${voices.length}`;
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  update();
})();
