"""The title of an article: candidates without the name of the site, then the one most places agree on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from urllib.parse import urlsplit

from crawler.extraction.json_ld import text
from crawler.extraction.page import Candidate, Page, squeeze

# How much a place weighs in the vote. Measured: each of the first three holds the published title on three pages in
# four and errs on different pages; the rest mostly repeat one of them, or add the name of the site.
_WEIGHTS = {
    "json-ld:headline": 1.2,
    "meta:og:title": 1.1,
    "h1": 1.15,
    "json-ld:name": 0.5,
    "json-ld:alternativeHeadline": 0.3,
    "meta:twitter:title": 0.3,
    "title": 0.4,
}
_OTHER_WEIGHT = 0.3
_OF_SHARING = frozenset({"meta:og:title", "meta:twitter:title"})
_SEPARATOR = re.compile(r"\s+[-–—|·•:»«/~]+\s+|\s*[|»]\s*|--+|\s+::\s+")
_GLUED = re.compile(r"\s*[-–—|｜ㅣ·•:：_(\[【]")
_BEFORE_SITE = re.compile(r"[\s\-–—|｜ㅣ·•:：_/«»~(\[【]*[\-–—|｜ㅣ·•:：_/«»~(\[【][\s\-–—|]*$")
_BEHIND_SITE = re.compile(r"^[\s)\]】]*[\-–—|｜ㅣ·•:：_/«»~)\]】][\s\-–—|]*")
_SHORTEST_SITE, _LONG_NAME = 3, 8
_MARKS = re.compile("[«»“”„‟″\"‘’‚‛′´`'\u00ad\u200b-\u200f]")
_LEAD = re.compile(r"^[^:]{3,40}:\s")
_MAX_TITLE = 500
_SHORTEST_BARE = 20


def fold(title: str) -> str:
    """A title as two places are compared by it: no case, quotation marks, dash variants, soft hyphens or spaces."""
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", title).casefold())
    return " ".join(re.sub("[‐-―−]", "-", folded).split())


def title_candidates(page: Page) -> tuple[Candidate, ...]:
    """Every place on the page that states a title, the name of the site taken off."""
    found: list[Candidate] = []
    for node in page.articles[:1]:
        keys = ("headline", "name", "alternativeHeadline")
        found.extend(Candidate(squeeze(text(node.get(key))), f"json-ld:{key}") for key in keys)
    for name in (
        "og:title",
        "twitter:title",
        "title",
        "dc.title",
        "parsely-title",
        "sailthru.title",
        "citation_title",
        "headline",
    ):
        found.extend(page.meta(name)[:1])
    heading = _heading(page, {fold(candidate.value) for candidate in found})
    found.append(Candidate(heading, "h1"))
    element = page.tree.find(".//title")
    if element is not None:
        found.append(Candidate(squeeze(element.text_content()), "title"))
    stated = [candidate for candidate in found if candidate.value and len(candidate.value) <= _MAX_TITLE]
    names = site_names(page)
    return tuple(
        replace(candidate, value=without_site(candidate.value, names, [other.value for other in stated]))
        for candidate in stated
        if fold(candidate.value) not in names
    )


def choose_title(candidates: Sequence[Candidate]) -> str:
    """The title that most places agree on, places weighed as above; ties go to the first of them."""
    votes: dict[str, float] = {}
    for candidate in candidates:
        votes.setdefault(fold(candidate.value), 0.0)
        votes[fold(candidate.value)] += _WEIGHTS.get(candidate.where, _OTHER_WEIGHT)
    if not votes:
        return ""
    best = max(votes, key=lambda folded: votes[folded])
    chosen = next(candidate.value for candidate in candidates if fold(candidate.value) == best)
    return _for_readers(chosen, candidates) or _without_kicker(chosen, candidates)


def _for_readers(title: str, candidates: Sequence[Candidate]) -> str:
    """The wording that is made for sharing, where heading and JSON-LD agree on one made for search engines.

    That one is also the title of the window, or opens with a topic and a colon. Empty where there is no such wording,
    and where newsletters or other services are given the heading's: that is a wording for readers too.
    Measured: the other one is then the published title on seven pages in eight.
    """
    stated = {candidate.where: candidate.value for candidate in reversed(candidates)}  # the first of each place
    shared = stated.get("meta:og:title", "")
    folded = fold(title)
    if fold(shared) == folded or not all(fold(stated.get(place, "")) == folded for place in ("h1", "json-ld:headline")):
        return ""
    handed_on = (value for place, value in stated.items() if place.startswith("meta:") and place not in _OF_SHARING)
    if any(fold(value) == folded for value in handed_on):
        return ""
    if shared.endswith(("…", "...")) or not _words(shared) & _words(title):  # cut off, or the same on every page
        return ""
    alone = fold(stated.get("meta:twitter:title", "")) == folded
    searched = fold(stated.get("title", "")) == folded and not alone
    return shared if searched or (_LEAD.match(title) and not _LEAD.match(shared)) else ""


def _words(title: str) -> set[str]:
    return {word for word in re.findall(r"\w+", title.casefold()) if len(word) > 3}


def _without_kicker(title: str, candidates: Sequence[Candidate]) -> str:
    for candidate in candidates:
        bare = candidate.value
        if candidate.where == "meta:og:title" and len(bare) > _SHORTEST_BARE and title.endswith(bare):
            return bare
    return title


def _heading(page: Page, stated: Set[str]) -> str:
    """The heading that a reader sees: of the first level, or one below it that says what another place states.

    One in the navigation counts where there is no other. Headings that name the site are none.
    """
    names = site_names(page)
    headings = [(heading, squeeze(heading.text_content())) for heading in page.tree.iter("h1", "h2")]
    fitting = [
        (heading, words)
        for heading, words in headings
        if words and (fold(words) in stated if heading.tag == "h2" else fold(words) not in names)
    ]
    hidden = {heading: any(True for _ in heading.iterancestors("nav", "footer")) for heading, _ in fitting}
    return min(fitting, key=lambda each: (hidden[each[0]], each[0].tag), default=(None, ""))[1]


def site_names(page: Page) -> frozenset[str]:
    """What the site calls itself, folded: og:site_name, publisher of the article, its domain."""
    names = [
        candidate.value for candidate in page.meta("og:site_name", "application-name", "apple-mobile-web-app-title")
    ]
    names += [text(node.get("publisher")) for node in page.articles]
    host = (urlsplit(page.url).hostname or "").removeprefix("www.")
    names += [host, *host.split(".")[:-1]]
    return frozenset(folded for name in names if len(folded := fold(name)) > 1)


def without_site(title: str, names: Iterable[str], others: Sequence[str]) -> str:
    """Take a last part off that names the site, or that the title has beyond what another place states as the title."""
    names = tuple(names)
    known = {_letters(name) for name in names}
    folded_others = {fold(other) for other in others}
    title = _without_name(title, names)
    shorter = [other for other in others if _is_long(other) and len(other) < len(title) and title.startswith(other)]
    if shorter and _GLUED.match(title[len(shorter[0]) :]):
        return shorter[0]
    for separator in reversed(list(_SEPARATOR.finditer(title))):
        head, tail = title[: separator.start()].strip(), title[separator.end() :].strip()
        if not head:
            break
        if not tail:  # the mark that ends a quotation
            continue
        if _letters(_SEPARATOR.split(tail)[0]) in known or fold(head) in folded_others:
            title = head
        elif "|" not in separator.group() or len(tail) > 30:
            break
    return title


def _without_name(title: str, names: Iterable[str]) -> str:
    """A title without a name of the site at one of its ends, set off by whatever mark."""
    low = "".join(char.casefold() if len(char.casefold()) == 1 else char for char in title)  # so that places agree
    for name in sorted((name for name in names if len(name) >= _SHORTEST_SITE), key=len, reverse=True):
        bare = low.rstrip(")]】 ")
        before = _BEFORE_SITE.search(low[: len(bare) - len(name)]) if bare.endswith(name) else None
        if before and before.start() and not _compound(before.group(), name):
            return title[: before.start()]
        lead = len(low) - len(low.lstrip("([【 "))
        behind = _BEHIND_SITE.match(low[lead + len(name) :]) if low.startswith(name, lead) else None
        if behind and not _compound(behind.group(), name) and (rest := title[lead + len(name) + behind.end() :]):
            return rest
    return title


def _compound(mark: str, name: str) -> bool:
    """Whether a hyphen joins a short name to a word, as in "E-Mail"."""
    return mark == "-" and name.isascii() and len(name) < _LONG_NAME


def _is_long(title: str) -> bool:
    return len(title) > (15 if title.isascii() else 10)


def _letters(name: str) -> str:
    return re.sub(r"\W+", "", fold(name))
