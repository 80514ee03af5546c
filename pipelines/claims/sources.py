"""Which class a source belongs to, from the words of its noun phrase (design: sections 2 and 17 of the definition)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pipelines.items import Attribution

from .heads import ATTACHING, UNNAMED, construct_head, first_head, head_word, heads_of, last_head, nearest_head
from .lexicon import BIT, Lexicon
from .names import begins_with_name, ends_in_name, head_leads, is_bare_plural, name_length, personal_name_follows
from .noun_phrases import DEFINITE, DETERMINER, INDEFINITE, POSSESSIVE, Phrase, is_marked
from .tokens import ARTICLE, CAPITAL, COMMA, DIGIT, GOVERNED, PAREN, WORD, Tokens

PLURAL, PRONOUN, QUANTITY = BIT["plural"], BIT["pronoun"], BIT["quantity"]
SHORT_NAME = 4
BODY_REACH = 4
SOME = INDEFINITE | DIGIT | BIT["number"]
FIRST_PERSON = BIT["first_person"]
POSSESSOR = BIT["possessor"]
NAME, ADJECTIVE = BIT["name"], BIT["adjective"]
NO_PARTICIPLE = BIT["relative"] | BIT["complementiser"] | BIT["preposition"] | BIT["verb"] | BIT["clause"]


Number = Literal["singular", "plural", "either"]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The class of a source, and whether that rests on an earlier mention."""

    attribution: Attribution
    anaphoric: bool = False
    head: str = ""


def classify(tokens: Tokens, phrase: Phrase, lexicon: Lexicon, high: int, sentence_start: int) -> Verdict:
    """Classify the source named by a phrase; `high` is the end of its sentence.

    A personal name, also one in apposition, makes a source `named`; then the heads decide, the weakest first; a
    pronoun or a definite description without a name takes the class of what it refers to (rule 2).
    """
    start, end = phrase
    bits = tokens.bits
    if head_leads(lexicon):
        end = _without_channel(tokens, start, end)
        if end - start > 2 and bits[start] & DEFINITE and bits[start + 1] & INDEFINITE:
            start += 1  # l'une des voisines
        if end - start > 2 and bits[start] & BIT["genitive"] and bits[start + 1] & QUANTITY:
            start += 1  # de nombreux médecins
    if end - start == 1 and bits[start] & (PRONOUN | POSSESSIVE):
        return Verdict("named", anaphoric=True)
    if bits[start] & NAME and not bits[start] & ARTICLE:
        return Verdict("named")
    every = heads = heads_of(tokens, start, end, lexicon)
    if lexicon.script.head_last:
        heads = last_head(tokens, start, end, lexicon) or every
    elif lexicon.script.head_first:
        heads = nearest_head(tokens, start, end, lexicon)
    elif tokens.verb_first:
        heads = construct_head(tokens, start, end, lexicon)
    else:
        heads = first_head(tokens, start, end, lexicon, every)
    name = name_length(tokens, start, end, lexicon, sentence_start)
    definite = bool(bits[start] & (DEFINITE | POSSESSIVE | ARTICLE)) and not bits[start] & INDEFINITE
    plural = _is_plural(tokens, start, end, lexicon)
    if name == 2 and not lexicon.script.cased and not plural and "collective" not in heads:
        return Verdict("named")
    if name == 2 and not lexicon.script.capital_nouns and begins_with_name(tokens, start, end):
        return Verdict("named")
    if name == 2 and lexicon.script.capital_nouns and ends_in_name(tokens, start, end):
        return Verdict("named")
    if tokens.cases and bits[start] & CAPITAL and 0 <= tokens.quoted[start] == tokens.quoted[end - 1]:
        return Verdict("named")  # an organisation's name in quotation marks
    if _in_apposition(tokens, start, end, lexicon) if tokens.cases else _is_named(tokens, start, end, lexicon):
        return Verdict("named")
    unnamed = next((kind for kind in ("anonymous", "people", "trade") if kind in heads), "")
    if unnamed:
        if (
            personal_name_follows(tokens, end, high, lexicon)
            or (name == 2 and unnamed != "anonymous" and not plural)
            or (name == 2 and not tokens.cases and _name_behind_head(tokens, start, end, lexicon))
        ):
            return Verdict("named")
        if unnamed != "anonymous" and _in_general(tokens, (start, end), plural and unnamed == "trade"):
            return Verdict("vague", anaphoric=definite, head=heads[unnamed])
        return Verdict("anonymous", anaphoric=definite and not plural, head=heads[unnamed])
    body = "body" in heads or "outlet" in heads
    if _is_unnamed(tokens, start, end, high, lexicon, heads):
        return Verdict("anonymous")
    if definite and not name and "role" in heads and head_leads(lexicon) and _of_somebody(tokens, start, end):
        return Verdict("anonymous", anaphoric=not plural, head=heads["role"])
    if "document" in heads or "researcher" in heads:
        if name or body or "body" in every or "outlet" in every or _body_follows(tokens, end, high, lexicon):
            return Verdict("named")
        possessed = bits[start] & POSSESSIVE or tokens.word[start].endswith(lexicon.script.possessed_endings)
        if possessed or _owner(tokens, start, end, lexicon):
            return Verdict("named")
        if "document" in heads and "role" in every and head_leads(lexicon) and not _of_somebody(tokens, start, end):
            return Verdict("named")  # the lawyer's version
        if definite and not plural:
            return Verdict("vague", anaphoric=True, head=heads.get("document", heads.get("researcher", "")))
        if "researcher" in heads and definite:
            return Verdict("vague", anaphoric=True, head=heads["researcher"])
        return Verdict("vague")
    if _is_somebody_of(tokens, start, end, high, lexicon) and not {"body", "outlet"} & heads.keys():
        return Verdict("anonymous")
    if "authority" in heads:
        return Verdict("named" if name or _qualified(tokens, start, end, high) else "vague")
    if "collective" in heads:
        some = bits[start] & QUANTITY or not bits[start] & BIT["number"]
        return Verdict("vague" if some else "anonymous")  # two experts are particular people
    measured = head_leads(lexicon) and start + 1 < end and bits[start + 1] & QUANTITY  # le consensus des économistes
    if (bits[start] & QUANTITY or measured) and not body:
        return Verdict("vague")
    if body or "role" in heads or name:
        several = plural and lexicon.script.bare_plurals and not bits[start] & (DETERMINER | CAPITAL)
        if not name and not body and (several or _is_indefinite(tokens, start, end, lexicon)):
            return Verdict("anonymous" if not personal_name_follows(tokens, end, high, lexicon) else "named")
        return Verdict("named", anaphoric=not name, head=heads.get("role", ""))
    if personal_name_follows(tokens, end, high, lexicon):
        return Verdict("named")
    if bits[start] & INDEFINITE and not definite:
        counted = bits[start] & BIT["number"] or (start + 1 < end and bits[start + 1] & BIT["genitive"])
        counted = counted or (head_leads(lexicon) and not bits[start] & BIT["genitive"])
        return Verdict("vague" if plural and not counted else "anonymous")
    if definite and not plural:
        return Verdict("named", anaphoric=True, head=head_word(tokens, start, end, lexicon))
    if plural:
        return Verdict("vague", anaphoric=definite, head=head_word(tokens, start, end, lexicon))
    # A noun that no list knows, where an article would tell whether it is known who is meant: somebody by trade.
    by_trade = tokens.cases or (not lexicon.script.cased and _is_bare_noun(tokens, start, end, lexicon))
    return Verdict("anonymous" if by_trade else "named")


def _of_somebody(tokens: Tokens, start: int, end: int) -> bool:
    """The owner of a bar: nobody finds whom an indefinite genitive leaves open."""
    return any(
        tokens.bits[at] & BIT["genitive"] and tokens.bits[at + 1] & INDEFINITE and not tokens.bits[at + 1] & DEFINITE
        for at in range(start + 1, end - 1)
    )


def _is_bare_noun(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Where no capital tells a name: a noun without an article that is none, alone or with adjectives."""
    bits = tokens.bits
    word = tokens.word[start]
    if bits[start] & (ARTICLE | NAME) or word in tokens.names or word.endswith(lexicon.script.possessed_endings):
        return False
    endings = lexicon.script.adjective_endings
    return all(
        (bits[at] & ADJECTIVE or tokens.word[at].endswith(endings)) and not bits[at] & (ARTICLE | NAME)
        for at in range(start + 1, end)
    )


def _without_channel(tokens: Tokens, start: int, end: int) -> int:
    """Where a source ends before those that have seen it or pass it on (papers obtained by the Mail, documents that
    the Mail has seen)."""
    for place in range(start + 2, end):
        if tokens.bits[place] & (BIT["relative"] | BIT["complementiser"]) and not tokens.bits[place] & DETERMINER:
            return place
        if any(mark.type in ("relay", "citing") for _, mark in tokens.marks.get(place, ())):
            return place
    return end


def _is_somebody_of(tokens: Tokens, start: int, end: int, high: int, lexicon: Lexicon) -> bool:
    """A Border Force officer, an IT technician: where the head stands last, names before it do not name who it is."""
    bits = tokens.bits
    if not lexicon.script.head_last or not bits[start] & INDEFINITE or bits[start] & (DEFINITE | QUANTITY | PLURAL):
        return False
    joint = next((at for at in range(start + 1, end) if bits[at] & ATTACHING and not bits[at] & DETERMINER), end)
    alone = not bits[joint - 1] & CAPITAL and joint - start > 1
    return (
        alone and not _is_plural(tokens, start, end, lexicon) and not personal_name_follows(tokens, end, high, lexicon)
    )


def _is_unnamed(tokens: Tokens, start: int, end: int, high: int, lexicon: Lexicon, heads: dict[str, str]) -> bool:
    """Un élu du conseil régional, une éleveuse de Saint-Prest, un chercheur: where the head stands first, one or some
    persons that nobody named, whatever name or body the genitive has."""
    if not head_leads(lexicon) or not _is_indefinite(tokens, start, end, lexicon):
        return False
    joints = BIT["genitive"] | BIT["preposition"] | BIT["relative"]
    joint = next((at for at in range(start + 1, end) if tokens.bits[at] & joints), end)
    first = heads_of(tokens, start, joint, lexicon)
    if not (first.keys() <= {"role", "researcher"}) or (_is_plural(tokens, start, end, lexicon) and not first):
        return False
    named = any(tokens.bits[at] & CAPITAL for at in range(start, joint)) and not first
    return not (
        named
        or personal_name_follows(tokens, end, high, lexicon)
        or _name_behind_head(tokens, start, joint, lexicon)
        or ("researcher" in first and "researcher" not in heads)
    )


def _in_general(tokens: Tokens, phrase: Phrase, trade: bool) -> bool:
    """Many residents, the farmers, farmers: people without number, or all of a trade, rather than some who were
    asked; without articles, what stands beside the noun tells them from all (пасечники из трех сел)."""
    (start, end), bits = phrase, tokens.bits
    free = tokens.cases or tokens.verb_first
    beside = end < len(bits) and bits[end] & (BIT["preposition"] | COMMA if tokens.cases else BIT["preposition"])
    if free and (beside or (tokens.cases and end - start > 1)):
        trade = False
    if tokens.verb_first:  # the article tells all from some
        trade = trade and bool(bits[start] & ARTICLE)
    graded = start > 0 and bits[start - 1] & BIT["degree"] and bits[start] & BIT["genitive"]  # bien des architectes
    many = bits[start] & QUANTITY and not bits[start] & BIT["number"]
    return bool(graded or many) or (trade and not bits[start] & SOME)


def _in_apposition(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Дипломат Иван Петров, but not чиновник администрации Джо Байдена: a name of two words at the end of the phrase
    that agrees with its head; a genitive ends as the other gender does."""
    bits, word = tokens.bits, tokens.word
    name = (end - 2, end - 1)
    if end - start < 3 or is_marked(tokens, *name) or not all(bits[at] & CAPITAL and len(word[at]) > 2 for at in name):
        return False
    noun = next((at for at in range(start, end - 2) if is_marked(tokens, at, at + 1)), end - 3)
    told = [at for at in (noun, *name) if not bits[at] & NAME]  # but for men's names that end as women's do
    endings = {word[at].endswith(lexicon.script.feminine_endings) for at in told}
    return len(endings) == 1 and not bits[noun] & BIT["preposition"]


def _is_named(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Does a name stand right behind a word for people (the unions CTV and UOL, el vecino Juan Ruiz)?"""
    if not lexicon.script.cased or lexicon.script.capital_nouns:
        return False
    return any(
        mark.rule == "sources"
        and mark.type in UNNAMED
        and after < end
        and tokens.bits[after] & CAPITAL
        and not tokens.bits[after] & (BIT["time"] | DETERMINER)
        for place in range(start, end)
        if not tokens.bits[place] & CAPITAL or place == start
        for after, mark in tokens.marks.get(place, ())
    )


def number(tokens: Tokens, phrase: Phrase, lexicon: Lexicon) -> Number:
    """The grammatical number of a source; a body or an outlet is spoken of in either."""
    heads = heads_of(tokens, *phrase, lexicon)
    if "body" in heads or "outlet" in heads:
        return "either"
    joined = any(
        tokens.bits[place] & BIT["conjunction"] and tokens.bits[place + 1] & (CAPITAL | DETERMINER)
        for place in range(phrase[0] + 1, phrase[1] - 1)
    )
    return "plural" if joined or _is_plural(tokens, *phrase, lexicon) else "singular"


def disagree(tokens: Tokens, first: Phrase, second: Phrase, lexicon: Lexicon) -> bool:
    """Is one of two phrases singular and the other plural?"""
    return {number(tokens, phrase, lexicon) for phrase in (first, second)} == {"singular", "plural"}


def _name_behind_head(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """The diplomat Anna Lowell: a name of two words right behind the noun."""
    return any(
        not tokens.bits[at] & CAPITAL
        and tokens.bits[at + 1] & tokens.bits[at + 2] & CAPITAL
        and heads_of(tokens, at, at + 1, lexicon)
        for at in range(start, end - 2)
    )


def _is_indefinite(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Has a noun an indefinite article, or where the definite one is written together with it, neither that nor a noun
    that owns it (a noun and adjectives alone)?"""
    if tokens.bits[start] & INDEFINITE and not tokens.bits[start] & DEFINITE:
        return True
    endings = lexicon.script.adjective_endings
    if not lexicon.script.article or tokens.bits[start] & ARTICLE or not tokens.marks.get(start):
        return False
    if end - start > 1 and tokens.bits[start + 1] & INDEFINITE:
        return True  # the headmistress of one of the schools
    return all(
        (tokens.bits[at] & ADJECTIVE or tokens.word[at].endswith(endings) or is_marked(tokens, at, at + 1, ("body",)))
        and not tokens.bits[at] & (ARTICLE | NAME)
        and tokens.word[at] not in tokens.names
        for at in range(start + 1, end)
    )


def _qualified(tokens: Tokens, start: int, end: int, high: int) -> bool:
    """Israeli authorities, les autorités sanitaires, authorities in Vienna: an adjective, a genitive, a place."""
    bits = tokens.bits
    if sum(1 for place in range(start, end) if bits[place] & WORD and not bits[place] & DETERMINER) > 1:
        return True
    place = end + 1 < high and bits[end] & BIT["preposition"] and bits[end + 1] & CAPITAL
    return bool(place) and not bits[end + 1] & (DETERMINER | BIT["time"])


def _is_plural(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    if tokens.bits[start] & PLURAL:
        return True
    singular = tokens.bits[start] & (DEFINITE | INDEFINITE) and not tokens.bits[start] & (QUANTITY | BIT["genitive"])
    if head_leads(lexicon) and singular and end - start > 1 and not tokens.bits[start + 1] & DETERMINER:
        return False  # un vieux routier
    endings = lexicon.script.plural_endings
    if not endings:
        return False
    if tokens.cases and end - start > 1:  # the head, or an adjective that agrees with it, stands first
        return tokens.word[start].endswith(endings)
    if tokens.verb_first:  # the head stands first; a short word is a name
        return len(tokens.word[start]) > SHORT_NAME and tokens.word[start].endswith(endings)
    for place in range(start, min(end, start + 4)):
        bit = tokens.bits[place]
        if bit & WORD and not bit & (DETERMINER | CAPITAL | DIGIT):
            last = place
            if last + 1 < end and not tokens.bits[last + 1] & (BIT["genitive"] | BIT["preposition"] | PAREN | COMMA):
                continue
            return tokens.word[last].endswith(endings) and not bit & POSSESSOR
    if tokens.bits[start] & CAPITAL and end - start == 1:
        return is_bare_plural(tokens, start, lexicon)
    return tokens.bits[start] & (CAPITAL | DETERMINER) == 0 and tokens.word[end - 1].endswith(endings)


def _owner(tokens: Tokens, start: int, end: int, lexicon: Lexicon) -> bool:
    """Ein Brief des Rechnungshofs: where nouns have capitals, a definite genitive says whose, but for weak sources."""
    if not lexicon.script.capital_nouns:
        return False
    for place in range(start + 1, end - 1):
        if tokens.bits[place] & BIT["genitive"] and tokens.bits[place] & DEFINITE:
            return not any(
                mark.rule == "sources"
                and mark.type in ("anonymous", "people", "trade", "collective", "researcher", "document")
                for at in range(place, end)
                for _, mark in tokens.marks.get(at, ())
            )
    return False


def _body_follows(tokens: Tokens, end: int, high: int, lexicon: Lexicon) -> bool:
    """A report by the Audit Office: a preposition and a name, or a body, say whose it is."""
    governed = end < high and bool(tokens.bits[end] & GOVERNED)
    joints = BIT["preposition"] | BIT["genitive"] | BIT["agent"]
    if tokens.verb_first:
        joints |= BIT["verb"] | BIT["relative"] | GOVERNED
    if tokens.cases and end + 2 < high and tokens.bits[end] & COMMA and not tokens.bits[end + 1] & NO_PARTICIPLE:
        end += 2  # анализ, проведенный в университете
    unknown = tokens.verb_first and end < high and tokens.bits[end] == WORD  # a verb: a report that the office wrote
    if head_leads(lexicon) and end > 0 and tokens.bits[end - 1] & DEFINITE:
        end -= 1  # los datos publicados el martes por …
    while head_leads(lexicon) and end < high - 1 and tokens.bits[end] & (BIT["time"] | DEFINITE):
        end += 1
    if end >= high or not (tokens.bits[end] & joints or unknown):
        return False
    reach = BODY_REACH * (1 + tokens.verb_first)
    for place in range(end + (not governed), min(end + reach, high)):
        bit = tokens.bits[place]
        if bit & CAPITAL and not bit & BIT["time"] and not lexicon.script.capital_nouns:
            return True
        if any(mark.rule == "sources" and mark.type in ("body", "outlet") for _, mark in tokens.marks.get(place, ())):
            return True
        if not bit & WORD or bit & (BIT["clause"] | BIT["complementiser"]):
            return False
    return False
