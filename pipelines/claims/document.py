"""The pass over a document: sentences in order, and what each takes from those around it."""

from __future__ import annotations

from dataclasses import replace

from pipelines.items import Attribution

from .bracket_reports import mood_report
from .candidates import Cue, Stretch
from .capital_nouns import is_bare
from .cues import find_cues
from .drafts import COMPLEMENTISER, Document, Draft, make_drafts
from .folding import fold
from .frames import that_follows
from .interview import answers, interviewee
from .lexicon import BIT, Lexicon
from .main_cue import main_cue, opens_with, unhedged
from .main_subject import main_subject
from .mentions import Mention, Mentions
from .names import is_uncounted
from .noun_phrases import AUXILIARY, PRONOUN, Phrase, is_marked
from .open_verbs import open_cue
from .quotations import find_quotations
from .reported import continue_report, inherit, rumours
from .signatures import sign, signed_within
from .sources import classify, disagree
from .sources import number as number_of
from .speakers import colon_quotation, is_outlet, quotation_owner, ticker, told_behind
from .tokens import HYPHEN, INSIDE, WORD, Tokens, tokenise
from .transcripts import hold_forth

ONLY_CUE = 7
INSERTED = BIT["parenthetical"] | BIT["complementiser"] | BIT["relative"]  # as the ministry confirmed
CLOSING = " »”\"'’"
NEAR = 4
RUMOUR, HYPOTHESIS, FIRST_PERSON = BIT["rumour_mood"], BIT["hypothesis"], BIT["first_person"]
SOURCELESS: dict[str, Attribution] = {"anonymous": "anonymous", "vague": "vague", "hearsay": "hearsay"}


def read_document(text: str, lexicon: Lexicon, title: str = "") -> Document:
    """Cut a text into sentences and decide the attribution of each; the title helps to tell who is interviewed."""
    folded = fold(text, lexicon.script.ignored, lexicon.equivalents)
    quotations = find_quotations(folded.text, lexicon.script.quotes)
    tokens = tokenise(folded, lexicon, quotations)
    document = Document(folded, lexicon, tokens, quotations, Mentions(folded, tokens, lexicon))
    document.drafts = make_drafts(document)
    for number, draft in enumerate(document.drafts):
        _attribute(document, number, draft)
    hold_forth(document)
    _look_back(document)
    sign(document)
    _answer(document, title)
    return document


def _answer(document: Document, title: str) -> None:
    """Give the sentences of an interview's answers to the person interviewed."""
    text, drafts = document.folded.text, document.drafts
    answering = answers([(draft.paragraph, text[draft.start : draft.end]) for draft in drafts])
    if not answering:
        return
    speaker = Mention("named", interviewee(document.mentions.full_names(), title), frozenset())
    for number in answering:
        draft = drafts[number]
        if draft.attribution != "named" and "cross_reference" not in draft.types:
            draft.source = draft.cue = None
            inherit(draft, speaker, "interview")


def _attribute(document: Document, number: int, draft: Draft) -> None:
    """Decide who vouches for a sentence from its own cues, else from the quotation or the mood it continues."""
    tokens, lexicon = document.tokens, document.lexicon
    if "pseudonym" in draft.types:
        document.mentions.add_pseudonyms(draft.low, draft.high)
    draft.backward = not draft.quoted and any(
        place == draft.low or not tokens.bits[place - 1] & INSERTED for place in draft.types.get("backward", ())
    )
    stretch = Stretch(tokens, lexicon, draft.low, draft.high, draft.speech or draft.backward)
    cues = find_cues(stretch)
    if lexicon.script.verb_bracket and draft.bits & RUMOUR:
        cues += rumours(stretch)
    if lexicon.script.verb_bracket:
        cues = unhedged(cues)
    _relay(document, draft, cues)
    if draft.low in draft.types.get("cross_reference", ()) and ":" in tokens.word[draft.low : draft.low + NEAR]:
        return
    label = ticker(document, draft)
    best = label if label and not is_outlet(document, label.source or (0, 0)) else main_cue(tokens, cues, draft)
    best = best or label or colon_quotation(document, draft) or signed_within(document, draft)
    best = best or mood_report(document, draft) or told_behind(document, draft)
    if best is None and not draft.quoted and not draft.opens_inside:
        best = open_cue(Stretch(tokens, lexicon, draft.low, draft.high, draft.speech))
    if best is not None and not (best.implied and not _may_imply(document, draft, best)):
        _take(document, number, draft, best)
        if best.start == draft.low and opens_with(tokens, draft.low, "insertion"):
            draft.backward = True  # Così il presidente.
    elif (draft.quoted and not _is_heading(document, number)) or draft.opens_inside:
        _inherit_quotation(document, number, draft)
    else:
        continue_report(document, number, draft)
    if lexicon.script.owned_quotations and draft.attribution == "none" and draft.speech and not draft.quoted:
        owner = quotation_owner(document, draft)
        if owner is not None:
            _take(document, number, draft, owner)
    if (
        draft.attribution == "none"
        and not (draft.quoted or lexicon.script.verb_bracket)
        and _rumour(tokens, draft, lexicon)
    ):
        draft.attribution, draft.rule = "hearsay", "rumour-mood"
    last = tokens.word[draft.high - 1] if draft.high > draft.low else ""
    draft.announces = last == ":"
    if draft.announces and draft.speaker and draft.cue and not draft.speech and _says_nothing(tokens, draft):
        draft.announced = draft.speaker
        draft.attribution, draft.rule, draft.source, draft.cue, draft.resolved = "none", "none", None, None, ""
    elif draft.announces and draft.attribution == "none":
        subject = main_subject(tokens, draft.low, draft.high)
        if subject is not None:
            verdict = classify(tokens, subject, lexicon, draft.high, draft.low)
            draft.announced = document.mentions.add(subject, verdict.attribution, "")
    if draft.attribution == "none":
        document.mentions.note_topic(main_subject(tokens, draft.low, draft.high), draft.low, draft.high)


def _says_nothing(tokens: Tokens, draft: Draft) -> bool:
    """Lowell said on Friday: a line that only announces what somebody says below."""
    if draft.source and draft.source[0] > draft.low and tokens.bits[draft.source[0] - 1] & INSERTED:
        return False
    start, end = draft.cue or (draft.low, draft.low)
    words = sum(1 for at in range(end, draft.high) if tokens.bits[at] & WORD)
    return words <= NEAR and not any(tokens.bits[at] & COMPLEMENTISER for at in range(start, draft.high))


def _may_imply(document: Document, draft: Draft, cue: Cue) -> bool:
    """A subject left out is somebody spoken of before, or, in the plural, nobody in particular (dicen que …)."""
    if "opinion" in draft.types and not draft.speech:
        return False
    return (
        document.mentions.last is not None or draft.speech or bool(_is_plural(document.tokens, cue, document.lexicon))
    )


def _take(document: Document, number: int, draft: Draft, cue: Cue) -> None:
    tokens, mentions = document.tokens, document.mentions
    draft.rule, draft.cue = cue.rule, (cue.start, cue.end)
    if cue.type in SOURCELESS:
        draft.attribution = SOURCELESS[cue.type]
        return
    if cue.source is None:
        mention = mentions.last
        plural = _is_plural(tokens, cue, document.lexicon)
        if plural is not None:
            mention = mentions.agreeing(plural=plural) or (mention if draft.speech or not plural else None)
        draft.attribution = mention.attribution if mention else "hearsay" if plural else "named"
        draft.resolved = mention.text if mention else ""
        draft.speaker = mention
        return
    draft.source = cue.source
    verdict = classify(tokens, cue.source, document.lexicon, draft.high, draft.low)
    attribution = verdict.attribution
    nouns = document.lexicon.script.capital_nouns
    bare = is_bare(tokens, cue.source) if nouns else is_uncounted(tokens, cue.source, document.lexicon, draft.low)
    if attribution == "named" and bare and _is_plural(tokens, cue, document.lexicon):
        attribution = "vague"
    if attribution in ("named", "vague") and "anonymity" in draft.types:
        attribution = "anonymous"
    if tokens.bits[cue.source[0]] & PRONOUN and cue.source[0] >= cue.start > draft.low and not draft.speech:
        topic = main_subject(tokens, draft.low, cue.start)
        inverted = tokens.bits[cue.source[0] - 1] & HYPHEN  # les jeunes, poursuit-il, …
        if not (inverted and topic and disagree(tokens, topic, cue.source, document.lexicon)):
            mentions.note_topic(topic, draft.low, draft.high)  # …, she told the paper
    mention = mentions.resolve(cue.source, verdict, draft.low)
    if mention is None and attribution == "anonymous" and tokens.cases:
        mention = _spoken_of(document, number, draft, cue.source)
        attribution = mention.attribution if mention else attribution
    if mention is None and tokens.bits[cue.source[0]] & PRONOUN and is_marked(tokens, *cue.source, ("collective",)):
        attribution = "hearsay"  # they say, with nobody spoken of before
    if mention is not None:
        draft.resolved = mention.text
        if (verdict.anaphoric and attribution != "anonymous") or mention.attribution == "anonymous":
            attribution = mention.attribution
    if tokens.bits[cue.source[0]] & FIRST_PERSON and not draft.speech:
        draft.attribution, draft.rule, draft.source, draft.cue = "none", "none", None, None
        return
    draft.attribution = attribution
    draft.speaker = mentions.add(cue.source, attribution, draft.resolved)


def _spoken_of(document: Document, number: int, draft: Draft, source: Phrase) -> Mention | None:
    """Without articles, the name of a trade alone means whoever spoke before in the paragraph (the medic adds …)."""
    tokens = document.tokens
    trade = is_marked(tokens, *source, ("trade",)) or not is_marked(tokens, *source)
    if source[1] - source[0] > 1 or not trade or number_of(tokens, source, document.lexicon) != "singular":
        return None
    before = (other for other in reversed(document.drafts[max(0, number - NEAR) : number]) if other.speaker)
    other = next(before, None)
    if other is None or other.speaker is None or other.paragraph != draft.paragraph:
        return None
    return other.speaker if other.speaker.number == "singular" and other.speaker.attribution == "named" else None


def _is_plural(tokens: Tokens, cue: Cue, lexicon: Lexicon) -> bool | None:
    """Does the verb of a cue stand in the plural? None in a language whose verbs do not tell, or without a verb."""
    endings = lexicon.script.plural_verb_endings
    words = [*range(cue.start, cue.end)]
    if cue.source and cue.source[1] < cue.start:
        words.append(cue.source[1])  # Winzer haben gewarnt
    forms = {at: [types for _, types in lexicon.verbs.get(tokens.word[at], ())] for at in words}
    verbs = [at for at in words if tokens.bits[at] & AUXILIARY or any("finite" in types for types in forms[at])]
    return any(tokens.word[at].endswith(endings) for at in verbs) if endings and verbs else None


def _relay(document: Document, draft: Draft, cues: list[Cue]) -> None:
    """A named outlet that passes on what another source said; `citing` with an outlet is one too."""
    for cue in cues:
        if cue.type == "relay" and cue.source:
            draft.relay = cue.source
    others = [cue for cue in cues if cue.source and cue.type in ("verb", "according")]
    for place, cue in enumerate(cues):
        if cue.type == "citing" and cue.source:
            if others and is_marked(document.tokens, *cue.source, ("document",)):
                cues[place] = replace(cue, type="relay")  # citing minutes, the paper says …
            elif is_outlet(document, cue.source):
                if others:
                    draft.relay = cue.source
                    cues[place] = replace(cue, type="relay")
            elif others and is_outlet(document, others[0].source or (0, 0)):
                draft.relay = others[0].source


def _inherit_quotation(document: Document, number: int, draft: Draft) -> None:
    """A quotation without a cue of its own keeps the speaker of the one it continues or follows (rules 1 and 9)."""
    for previous in reversed(document.drafts[max(0, number - NEAR) : number]):
        distance = draft.paragraph - previous.paragraph
        if previous.rule == "ticker" and distance and not draft.opens_inside:
            return
        if previous.announced is not None and distance <= 1:
            inherit(draft, previous.announced, "quotation-announced")
            return
        if previous.speaker is not None and previous.attribution != "none":
            spoke = (
                previous.speech or previous.announces or previous.inherited or previous is document.drafts[number - 1]
            )
            if draft.opens_inside or (distance <= 2 and spoke):
                inherit(draft, previous.speaker, "quotation-continued")
            return
        if not previous.quoted and previous is not document.drafts[number - 1]:
            return


def _is_heading(document: Document, number: int) -> bool:
    """A quotation alone on its line and without a full stop heads what follows and continues nobody (rule 5)."""
    drafts = document.drafts
    draft = drafts[number]
    around = drafts[max(0, number - 1) : number] + drafts[number + 1 : number + 2]
    if any(other.paragraph == draft.paragraph for other in around) or (number and drafts[number - 1].announces):
        return False
    words = document.folded.text[draft.start : draft.end].rstrip(CLOSING)
    return words[-1:].isalnum() and not document.quotations[document.tokens.quoted[draft.low]].continues


def _has(tokens: Tokens, draft: Draft, bit: int) -> bool:
    """Has a sentence a word of a class outside its quotations?"""
    return bool(draft.bits & bit) and any(
        tokens.bits[place] & bit and not tokens.bits[place] & INSIDE for place in range(draft.low, draft.high)
    )


def _rumour(tokens: Tokens, draft: Draft, lexicon: Lexicon) -> bool:
    """A conditional of second-hand news; one beside a hypothesis or a wish is no rumour (rules 7 and 15)."""
    if not draft.bits & RUMOUR and "rumour" not in draft.types:
        return False
    forms = draft.types.get("rumour", []) + [
        place
        for place in range(draft.low, draft.high)
        if tokens.bits[place] & RUMOUR and not tokens.bits[place] & INSIDE
    ]
    forms = [form for form in forms if form == draft.low or not tokens.bits[form - 1] & COMPLEMENTISER]
    asides = draft.types.get("subordinate", ())
    if not any(not any(0 < form - aside < NEAR + 2 for aside in asides) for form in forms):
        return False
    if _has(tokens, draft, HYPOTHESIS) or "opinion" in draft.types or draft.low in draft.types.get("hypothesis", ()):
        return False
    last = max(forms)
    for place in range(draft.low, last):
        if tokens.bits[place] & INSIDE or not that_follows(tokens, place + 1, last):
            continue
        if any(
            "that" in verb.frames and "finite" in types for verb, types in lexicon.verbs.get(tokens.word[place], ())
        ):
            return False  # a future seen from a report in the past
    return True


def _look_back(document: Document) -> None:
    """What the sentence after says of the one before: Das teilte die Polizei mit; a quotation whose speaker follows."""
    drafts = document.drafts
    for number in range(len(drafts) - 1, 0, -1):
        draft, previous = drafts[number], drafts[number - 1]
        if draft.paragraph - previous.paragraph > 1 or draft.speaker is None or previous.attribution != "none":
            continue
        if draft.backward:
            inherit(previous, draft.speaker, "backward-cue")
        elif (
            previous.quoted
            and not _is_heading(document, number - 1)
            and (
                _only_cue(draft) or _sets_in_with_cue(draft) or (draft.paragraph == previous.paragraph and draft.speech)
            )
        ):
            inherit(previous, draft.speaker, "speaker-follows")


def _sets_in_with_cue(draft: Draft) -> bool:
    """Ferris said at the gate …: who speaks and the cue are the first words."""
    return draft.source is not None and draft.cue is not None and min(draft.source[0], draft.cue[0]) == draft.low


def _only_cue(draft: Draft) -> bool:
    return not draft.speech and draft.cue is not None and draft.high - draft.low <= ONLY_CUE
