"""The language of bodies, sentences and strings that have none."""

# ruff: noqa: E501 - a text of two sentences a line

from __future__ import annotations

import time

import pytest

from benchmarks.language import bodies, sentences
from pipelines.language import UNDECIDED, detect_language, language_code, other_language

TEXTS = {
    "ar": "أعلنت وزارة الصحة أمس أن عدد المصابين ارتفع إلى ثلاثة آلاف شخص في العاصمة. وقال الوزير إن المستشفيات مستعدة.",
    "bg": "Министерството на здравеопазването съобщи, че болниците са готови за зимата. Премиерът ще посети града утре.",
    "cs": "Ministerstvo zdravotnictví oznámilo, že nemocnice jsou na zimu připraveny. Premiér zítra navštíví město.",
    "da": "Sundhedsministeriet oplyser, at hospitalerne er klar til vinteren. Statsministeren besøger byen i morgen.",
    "de": "Das Gesundheitsministerium teilte mit, dass die Krankenhäuser vorbereitet sind. Der Kanzler kommt morgen.",
    "el": "Το υπουργείο Υγείας ανακοίνωσε ότι τα νοσοκομεία είναι έτοιμα για τον χειμώνα. Ο πρωθυπουργός έρχεται αύριο.",
    "en": "The health ministry said that the hospitals were ready for the winter. The prime minister will visit the city.",
    "es": "El Ministerio de Sanidad anunció que los hospitales están preparados. El presidente visitará la ciudad mañana.",
    "et": "Terviseministeerium teatas, et haiglad on talveks valmis. Peaminister külastab linna homme hommikul.",
    "eu": "Osasun Ministerioak jakinarazi du ospitaleak prest daudela negurako. Lehendakariak bihar bisitatuko du hiria.",
    "fa": "وزارت بهداشت اعلام کرد که بیمارستان‌ها برای زمستان آماده‌اند. نخست‌وزیر فردا از شهر دیدن می‌کند.",
    "fi": "Terveysministeriö kertoi, että sairaalat ovat valmiina talveen. Pääministeri vierailee kaupungissa huomenna.",
    "fr": "Le ministère de la Santé a annoncé que les hôpitaux étaient prêts. Le Premier ministre viendra demain matin.",
    "he": "משרד הבריאות הודיע כי בתי החולים מוכנים לחורף. ראש הממשלה יבקר מחר בעיר ויפגוש את הרופאים.",
    "hi": "स्वास्थ्य मंत्रालय ने कहा कि अस्पताल सर्दियों के लिए तैयार हैं। प्रधानमंत्री कल शहर का दौरा करेंगे।",
    "hr": "Ministarstvo zdravstva objavilo je da su bolnice spremne za zimu. Predsjednik vlade sutra će posjetiti grad.",
    "hu": "Az egészségügyi minisztérium közölte, hogy a kórházak készen állnak a télre. A miniszterelnök holnap érkezik.",
    "is": "Heilbrigðisráðuneytið tilkynnti að sjúkrahúsin væru tilbúin fyrir veturinn. Ráðherrann kemur á morgun.",
    "it": "Il ministero della Salute ha annunciato che gli ospedali sono pronti. Il presidente visiterà la città domani.",
    "ja": "厚生労働省は、病院が冬に備えていると発表した。首相は明日、この都市を訪れる予定だ。",
    "ko": "보건복지부는 병원들이 겨울에 대비하고 있다고 밝혔다. 총리는 내일 이 도시를 방문할 예정이다.",
    "lt": "Sveikatos ministerija pranešė, kad ligoninės pasirengusios žiemai. Premjeras rytoj aplankys miestą.",
    "nl": "Het ministerie van Volksgezondheid meldt dat de ziekenhuizen klaar zijn. De premier bezoekt morgen de stad.",
    "pl": "Ministerstwo Zdrowia poinformowało, że szpitale są przygotowane na zimę. Premier odwiedzi jutro miasto.",
    "pt": "O Ministério da Saúde anunciou que os hospitais estão preparados. O primeiro-ministro visitará a cidade amanhã.",
    "ro": "Ministerul Sănătății a anunțat că spitalele sunt pregătite pentru iarnă. Premierul va vizita orașul mâine.",
    "ru": "Министерство здравоохранения сообщило, что больницы готовы к зиме. Премьер-министр завтра посетит город.",
    "sv": "Hälsodepartementet meddelar att sjukhusen är redo för vintern. Statsministern besöker staden i morgon.",
    "tr": "Sağlık Bakanlığı hastanelerin kışa hazır olduğunu açıkladı. Başbakan yarın şehri ziyaret edecek.",
    "uk": "Міністерство охорони здоров'я повідомило, що лікарні готові до зими. Прем'єр-міністр завтра відвідає місто.",
    "vi": "Bộ Y tế thông báo rằng các bệnh viện đã sẵn sàng cho mùa đông. Thủ tướng sẽ đến thăm thành phố vào ngày mai.",
    "zh": "卫生部表示，各医院已为冬季做好准备。总理明天将访问该市，并会见医生。",
    "zu": "UMnyango Wezempilo umemezele ukuthi izibhedlela sezilungele ubusika. UNdunankulu uzovakashela idolobha kusasa.",
}


@pytest.mark.parametrize("code", TEXTS)
def test_a_text_of_two_sentences_is_told(code: str) -> None:
    assert detect_language(TEXTS[code]).code == code


@pytest.mark.parametrize("code", TEXTS)
def test_a_body_survives_boilerplate_in_another_language(code: str) -> None:
    other = TEXTS["en" if code != "en" else "fr"]
    assert detect_language(other + "\n" + 12 * (TEXTS[code] + " ")).code == code


@pytest.mark.parametrize("code", TEXTS)
def test_a_single_sentence_is_told_or_left_undecided(code: str) -> None:
    sentence = TEXTS[code].replace("。", ". ").split(". ")[0]
    assert detect_language(sentence).code in {code, "und"}


def test_no_story_is_told_wrongly() -> None:
    assert bodies().wrong == bodies().undecided == ()


def test_sentences_are_hardly_ever_told_wrongly_and_seldom_left_undecided() -> None:
    two, one = sentences(one_voice=False), sentences(one_voice=True)
    assert len(two.wrong) + len(one.wrong) <= 0.005 * (two.texts + one.texts)
    assert len(two.undecided) <= 0.03 * two.texts


def test_capitals_do_not_mislead() -> None:
    assert detect_language(TEXTS["fr"].upper()).code == "fr"
    assert detect_language(TEXTS["ru"].upper()).code == "ru"


@pytest.mark.parametrize("text", ["", "   ", "12 345,67 % – 2026", "https://example.org/page", "Paris", "\u0000\ud800"])
def test_what_has_no_language_is_undecided(text: str) -> None:
    assert detect_language(text) == UNDECIDED


def test_the_answer_never_changes() -> None:
    answers = {detect_language("Die Lage ist stabil, so die Polizei am Abend.") for _ in range(8)}
    assert len(answers) == 1


@pytest.mark.parametrize(("stated", "code"), [("fr-CA", "fr"), ("pt_BR", "pt"), ("iw", "he"), ("", ""), ("x-none", "")])
def test_a_stated_language_is_read(stated: str, code: str) -> None:
    assert language_code(stated) == code


def test_a_text_in_two_languages_says_so() -> None:
    both = 8 * (TEXTS["fr"] + " ") + 8 * (TEXTS["en"] + " ")
    assert other_language(both, "fr") == "en"
    assert other_language(16 * (TEXTS["fr"] + " "), "fr") == ""


@pytest.mark.parametrize("text", ["l'" * 50_000, "@" * 50_000, ("a" * 64 + "@" + "a" * 255) * 200, "<a" * 30_000])
def test_text_without_blanks_takes_no_longer(text: str) -> None:
    detect_language("The models are read before the clock starts.")
    started = time.process_time()
    detect_language(text)
    other_language(text, "en")
    assert time.process_time() - started < 2
