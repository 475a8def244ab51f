"""Measurements that a page makes of itself."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page

_CONTRAST = """
() => {
  const parse = (text) => {
    const found = text.match(/[\\d.]+/g).map(Number);
    return { rgb: found.slice(0, 3), alpha: found.length > 3 ? found[3] : 1 };
  };
  const over = (top, under) => top.rgb.map((v, i) => v * top.alpha + under[i] * (1 - top.alpha));
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own.alpha === 1 ? own.rgb : over(own, ground(element.parentElement));
  };
  const light = (rgb) => {
    const [r, g, b] = rgb
      .map((v) => v / 255)
      .map((v) => v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ratio = (one, two) => {
    const [a, b] = [light(one), light(two)].sort((x, y) => y - x);
    return (a + .05) / (b + .05);
  };
  const poor = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const text = walker.currentNode.textContent.trim();
    if (!text || ["SCRIPT", "STYLE", "OPTION"].includes(element.tagName)) continue;
    if (!element.checkVisibility() || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const drawn = element.namespaceURI.endsWith("svg") ? style.fill : style.color;
    const under = ground(element);
    const size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const found = ratio(over(parse(drawn), under), under);
    if (found < (large ? 3 : 4.5)) poor.push([text.slice(0, 30), drawn, found]);
  }
  return poor;
}
"""

_OVERLAPS = """
() => {
  const found = [];
  for (const svg of document.querySelectorAll("svg.drawn")) {
    if (!svg.checkVisibility()) continue;
    const texts = [...svg.querySelectorAll("text")]
      .filter((text) => text.textContent.trim() && Math.abs(text.getCTM().b) < 0.01);
    const boxes = texts.map((text) => text.getBoundingClientRect());
    const around = svg.getBoundingClientRect();
    boxes.forEach((a, i) => {
      const isCut = a.left < around.left - 1 || a.right > around.right + 1;
      if (isCut) found.push(["cut", texts[i].textContent]);
      boxes.slice(0, i).forEach((b, j) => {
        const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
        const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
        if (wide > 1 && high > 3) found.push([texts[i].textContent, texts[j].textContent]);
      });
    });
  }
  return found;
}
"""

_OVERFLOW = """
() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.body.querySelectorAll("*")]
    .filter((e) => e.checkVisibility() && !e.closest(".scroll"))
    .filter((e) => e.getBoundingClientRect().right > width + 1)
    .map((e) => `${e.tagName}.${e.getAttribute("class")}`);
}
"""


def open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def poor_contrasts(page: Page) -> Any:
    """Texts below WCAG AA: 4.5 to 1, or 3 to 1 where they are large."""
    return page.evaluate(_CONTRAST)


def overlapping_labels(page: Page) -> Any:
    """Pairs of labels of a chart that overlap, and labels that are cut; but for slanting ones."""
    return page.evaluate(_OVERLAPS)


def overflowing(page: Page) -> Any:
    """Elements that make the page wider than the window."""
    return page.evaluate(_OVERFLOW)
