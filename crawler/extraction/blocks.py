"""The visible text of a page as blocks in their order, each with the element it stands in and its links."""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from crawler.extraction.page import squeeze

_BLOCKS = (
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "th", "tr", "ul",
)  # fmt: skip
_BLOCK_SET = frozenset(_BLOCKS)
UNSEEN = frozenset(
    {"script", "style", "noscript", "template", "nav", "footer", "form", "button", "select", "textarea", "svg"}
    | {"iframe", "object", "video", "audio", "canvas", "head", "title", "meta", "link", "dialog", "menu", "label"}
)
_MOST_OF_A_FORM = 5
_MAX_BLOCKS = 20_000  # the largest of 258 real pages has a tenth of that


@dataclass(slots=True)
class Block:
    """A run of text without a block boundary in it, on one line.

    `element` is the innermost block element it stands in, `links` the words and address of each link in it, `linked`
    how many of its characters stand in one.
    """

    element: HtmlElement
    text: str
    order: int
    links: tuple[tuple[str, str], ...] = ()
    linked: int = 0

    @property
    def mostly_link(self) -> bool:
        """Whether more than three characters in five stand in a link."""
        return self.linked * 5 > len(self.text) * 3


def blocks(tree: HtmlElement) -> list[Block]:
    """The blocks under an element in document order; navigation, forms and scripts are passed over."""
    reader = _Reader(tree)
    reader.read(tree)
    return reader.found


def holds_page(form: HtmlElement) -> bool:
    """Whether a form is one that a page's whole text stands in, as ASP.NET makes them."""
    return form.find(".//h1") is not None or len(form.findall(".//p")) > _MOST_OF_A_FORM


class _Reader:
    def __init__(self, tree: HtmlElement) -> None:
        self.found: list[Block] = []
        self._run: list[str] = []
        self._links: list[tuple[str, str]] = []
        self._holds_blocks: set[HtmlElement] = set()
        for element in tree.iter(*_BLOCKS):
            parent = element.getparent()
            while parent is not None and parent not in self._holds_blocks:
                self._holds_blocks.add(parent)
                parent = parent.getparent()

    def read(self, element: HtmlElement, address: str = "") -> None:
        """Collect the blocks of an element; `address` is that of the link around it, if any."""
        if len(self.found) >= _MAX_BLOCKS:
            return
        self._run.append(element.text or "")
        for child in element:
            tag = child.tag
            if not isinstance(tag, str) or (tag in UNSEEN and not (tag == "form" and holds_page(child))):
                pass
            elif child in self._holds_blocks or tag in _BLOCK_SET:
                self._close(element, address)
                self.read(child, child.get("href") or "" if tag == "a" else address)
            elif tag == "br":
                self._close(element, address)
            else:
                self._inline(child, element, address)
            self._run.append(child.tail or "")
        self._close(element, address)

    def _inline(self, element: HtmlElement, owner: HtmlElement, address: str) -> None:
        if element.tag == "a" and not address:
            words = squeeze(element.text_content())
            if words:
                self._links.append((words, element.get("href") or ""))
        self._run.append(element.text or "")
        for child in element:
            tag = child.tag
            if tag == "br":
                self._close(owner, address)
            elif isinstance(tag, str) and tag not in UNSEEN:
                self._inline(child, owner, address)
            self._run.append(child.tail or "")

    def _close(self, owner: HtmlElement, address: str) -> None:
        text = squeeze("".join(self._run))
        self._run.clear()
        if text:
            links = ((text, address),) if address else tuple(self._links)
            linked = sum(len(words) for words, _ in links)
            self.found.append(Block(owner, text, len(self.found), links, linked))
            self._links.clear()
