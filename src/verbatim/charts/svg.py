"""Charts as SVG that stands in a page: read without a script, drawn in the page's colours."""

from __future__ import annotations

from xml.etree import ElementTree as Xml

from markupsafe import Markup

from verbatim.charts.extra import Chart

_SVG = "http://www.w3.org/2000/svg"
_TAGS = frozenset(
    "svg g path line rect text tspan circle defs clipPath linearGradient stop title".split()
)
_DROPPED = ("role", "aria-roledescription", "aria-hidden", "pointer-events", "class", "version")


def chart_svg(chart: Chart, label: str, key: str) -> Markup:
    """Draw a chart as one ``<svg>`` element.

    Parameters
    ----------
    chart : Altair chart
    label : str
        What it shows, for those who can't see it; the marks inside are left to a tooltip.
    key : str
        Goes before all ids, which would meet those of other charts of the page.
    """
    import vl_convert

    drawn = Xml.fromstring(vl_convert.vegalite_to_svg(chart.to_dict(validate=False)))
    for element in drawn.iter():
        _clean(element, key)
    _prune(drawn)
    drawn.attrib |= {"role": "img", "aria-label": label, "class": "drawn"}
    width, height = drawn.attrib.pop("width"), drawn.attrib.pop("height")
    drawn.set("style", f"aspect-ratio:{width}/{height}")
    text = Xml.tostring(drawn, encoding="unicode")
    return Markup(text.replace("ns0:", "").replace(f' xmlns:ns0="{_SVG}"', ""))


def _clean(element: Xml.Element, key: str) -> None:
    """Leave out what nobody sees, and make ids the chart's own."""
    tag = element.tag.removeprefix(f"{{{_SVG}}}")
    if tag not in _TAGS:
        raise ValueError(f"a chart holds <{tag}>, which has no place in a page")
    element.tag = tag
    for name in _DROPPED:
        element.attrib.pop(name, None)
    if element.get("opacity") == "1":
        del element.attrib["opacity"]
    for name, value in list(element.attrib.items()):
        if name == "id":
            element.set(name, f"{key}-{value}")
        elif value.startswith("url(#"):
            element.set(name, f"url(#{key}-{value[5:]}")
        elif name == "aria-label":
            element.set("data-said", element.attrib.pop(name))


def _prune(element: Xml.Element) -> None:
    """Drop elements that are never drawn."""
    for child in list(element):
        _prune(child)
        hidden = child.get("display") == "none" or child.get("d") == ""
        if hidden or (child.tag == "g" and not len(child)):
            element.remove(child)
