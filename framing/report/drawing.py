"""Figures as inline SVG that cannot clash with each other and can load or run nothing."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

SVG = "http://www.w3.org/2000/svg"
BANNED = {"script", "style", "metadata", "foreignObject", "title", "desc", "image", "a"}
"""``style`` would reach the whole page, ``metadata`` is for a file of its own; the title is given anew."""
URL = re.compile(r"url\(\s*['\"]?#([^)'\"]+)['\"]?\s*\)")
FOREIGN = re.compile(r"url\(\s*['\"]?(?!#)|@import|expression", re.IGNORECASE)


def inline(svg: bytes, prefix: str, alt: str) -> str:
    """The SVG as an element of a page: ids and references get ``prefix``, ``alt`` names the picture.

    Scripts, style sheets, event handlers, links and whatever would load something are taken out.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(svg)  # noqa: S314 - drawn by this program in the same run
    _clean(root, prefix)
    # The rule that matplotlib writes as a style sheet for every element, as what children inherit.
    root.attrib |= {"stroke-linejoin": "round", "stroke-linecap": "butt"} | root.attrib
    root.attrib |= {"role": "img", "aria-label": alt}
    return ET.tostring(root, encoding="unicode")


def _clean(element: ET.Element, prefix: str) -> None:
    """Takes out what is banned, below ``element`` too, and prefixes ids."""
    for child in list(element):
        if child.tag.rpartition("}")[2] in BANNED:
            element.remove(child)
        else:
            _clean(child, prefix)
    for name, value in list(element.attrib.items()):
        bare = name.rpartition("}")[2].lower()
        if bare == "href":
            del element.attrib[name]
            if value.startswith("#"):
                element.set("href", f"#{prefix}{value[1:]}")
        elif bare.startswith("on") or FOREIGN.search(value):
            del element.attrib[name]
        elif name == "id":
            element.set(name, prefix + value)
        elif bare == "labelledby":
            del element.attrib[name]
        else:
            element.set(name, URL.sub(rf"url(#{prefix}\1)", value))
