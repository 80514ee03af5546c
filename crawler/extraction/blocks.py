"""The visible text of a page as blocks in their order, each with the elements it stands in."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.page import squeeze

_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "th", "tr", "ul",
)  # fmt: skip
_UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "form", "button", "select", "textarea", "svg"}
    | {"iframe", "object", "video", "audio", "canvas", "head", "title", "meta", "link", "dialog", "menu", "label"}
)


@dataclass(slots=True)
class Block:
    """A run of text without a block boundary in it: the innermost element it stands in, and its text on one line."""

    element: HtmlElement
    text: str
    order: int

    @property
    def key(self) -> str:
        """The text as two places are compared by it: no white space."""
        return "".join(self.text.split())


def blocks(tree: HtmlElement) -> list[Block]:
    """The blocks under an element in document order; navigation, forms and scripts are passed over."""
    inner: set[HtmlElement] = set()
    for element in tree.iter(*_BLOCKS):
        parent = element.getparent()
        while parent is not None and parent not in inner:
            inner.add(parent)
            parent = parent.getparent()
    found: list[Block] = []
    _collect(tree, inner, found)
    return found


def _collect(element: HtmlElement, inner: set[HtmlElement], found: list[Block]) -> None:
    run = [element.text or ""]
    for child in element:
        tag = child.tag
        if tag in _UNSEEN or not isinstance(tag, str):
            pass
        elif child in inner:
            _close(element, run, found)
            _collect(child, inner, found)
        elif tag == "br":
            _close(element, run, found)
        elif tag in _BLOCK_SET:
            _close(element, run, found)
            _leaf(child, found)
        elif len(child):
            _inline(element, child, run, found)
        else:
            run.append(child.text or "")
        run.append(child.tail or "")
    _close(element, run, found)


_BLOCK_SET = frozenset(_BLOCKS)


def _leaf(element: HtmlElement, found: list[Block]) -> None:
    if not len(element):
        _close(element, [element.text or ""], found)
        return
    run: list[str] = []
    _inline(element, element, run, found)
    _close(element, run, found)


def _inline(owner: HtmlElement, element: HtmlElement, run: list[str], found: list[Block]) -> None:
    run.append(element.text or "")
    for child in element:
        tag = child.tag
        if tag == "br":
            _close(owner, run, found)
        elif tag not in _UNSEEN and isinstance(tag, str):
            if len(child):
                _inline(owner, child, run, found)
            else:
                run.append(child.text or "")
        run.append(child.tail or "")


def _close(owner: HtmlElement, run: list[str], found: list[Block]) -> None:
    text = squeeze("".join(run))
    run.clear()
    if text:
        found.append(Block(owner, text, len(found)))
