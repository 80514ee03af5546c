"""What stands around a text on pages of many languages: byline, date line, lines that are no part of it. Invented.

(language, country, time zone, byline, names, date line, moment, other lines). The text is the story in
benchmarks/stories.toml; a moment of ten characters is a day.
"""

# ruff: noqa: E501 - a line of a page is not broken

from __future__ import annotations

from typing import NamedTuple


class Around(NamedTuple):
    """The lines around a text, and what is to be read from them."""

    language: str
    country: str
    zone: str
    byline: str
    names: tuple[str, ...]
    date_line: str
    published: str
    others: tuple[str, ...]


WORLD: tuple[Around, ...] = (
    Around(
        "en", "GB", "Europe/London", "By Hannah Cole and Colin Raistrick, Health Correspondents", ("Hannah Cole", "Colin Raistrick"),
        "Published 17 March 2026 at 08:05", "2026-03-17T08:05+00:00",
        ("Read more: Ferry timetable for the spring", "Sign up to our newsletter and get the news in your inbox every morning",
         "Related articles", "Photograph: Hannah Cole/Northern Ledger", "Follow us on Facebook and X", "Additional reporting by Tom Pryor",
         "This article is for subscribers only. Subscribe to continue reading."),
    ),
    Around(
        "fr", "FR", "Europe/Paris", "Par Claire Vasseur avec Ilan Meyer", ("Claire Vasseur", "Ilan Meyer"),
        "Publié le 17/03/2026 à 08h05, mis à jour le 17/03/2026 à 10h00", "2026-03-17T08:05+01:00",
        ("À lire aussi : Les horaires du bac au printemps", "Inscrivez-vous à notre newsletter pour recevoir l’essentiel de l’actualité",
         "Sur le même sujet", "Crédit photo : Claire Vasseur", "Partager cet article", "Propos recueillis par Claire Vasseur",
         "Il vous reste 38 % du texte à lire. Le reste est réservé aux abonnés."),
    ),
    Around(
        "de", "DE", "Europe/Berlin", "Von Katrin Löffler und Sven Aderhold", ("Katrin Löffler", "Sven Aderhold"),
        "17.03.2026, 08:05 Uhr", "2026-03-17T08:05+01:00",
        ("Lesen Sie auch: Der Fahrplan der Fähre", "Mehr zum Thema", "Jetzt Newsletter abonnieren und nichts verpassen",
         "Foto: Katrin Löffler", "Artikel teilen", "Quelle: dpa", "Dieser Artikel ist nur für Abonnenten. Jetzt weiterlesen mit Plus."),
    ),
    Around(
        "es", "ES", "Europe/Madrid", "Por Lucía Ferrándiz y Ramón Isla", ("Lucía Ferrándiz", "Ramón Isla"),
        "17 de marzo de 2026 - 08:05 h", "2026-03-17T08:05+01:00",
        ("Lea también: Los horarios del transbordador", "Suscríbete a nuestro boletín y recibe las noticias en tu correo",
         "Noticias relacionadas", "Foto: Lucía Ferrándiz", "Compartir en Facebook", "Este contenido es exclusivo para suscriptores",
         "Con información de EFE"),
    ),
    Around(
        "it", "IT", "Europe/Rome", "di Giulia Morandi e Pietro Salvi", ("Giulia Morandi", "Pietro Salvi"),
        "17 marzo 2026 alle 08:05", "2026-03-17T08:05+01:00",
        ("Leggi anche: Gli orari del traghetto", "Iscriviti alla newsletter per ricevere le notizie ogni mattina",
         "Articoli correlati", "Foto: Giulia Morandi", "Condividi su Facebook", "Riproduzione riservata", "© Riproduzione riservata"),
    ),
    Around(
        "pt", "BR", "America/Sao_Paulo", "Por Marina Queiroz e Tiago Leme", ("Marina Queiroz", "Tiago Leme"),
        "17/03/2026 08h05", "2026-03-17T08:05-03:00",
        ("Leia também: Os horários da balsa", "Assine a nossa newsletter e receba as notícias por e-mail", "Veja também",
         "Foto: Marina Queiroz/Divulgação", "Compartilhe esta notícia", "Conteúdo exclusivo para assinantes"),
    ),
    Around(
        "nl", "NL", "Europe/Amsterdam", "Door Femke Terpstra en Joris Aalders", ("Femke Terpstra", "Joris Aalders"),
        "17 maart 2026 om 08:05", "2026-03-17T08:05+01:00",
        ("Lees ook: De dienstregeling van de veerboot", "Schrijf je in voor onze nieuwsbrief en ontvang elke ochtend het nieuws",
         "Foto: Femke Terpstra", "Deel dit artikel", "Gerelateerde artikelen"),
    ),
    Around(
        "sv", "SE", "Europe/Stockholm", "Av: Maja Ekdahl", ("Maja Ekdahl",), "Publicerad 17 mars 2026 kl. 08.05", "2026-03-17T08:05+01:00",
        ("Läs också: Färjans tidtabell", "Prenumerera på vårt nyhetsbrev och få nyheterna varje morgon", "Foto: Maja Ekdahl", "Dela artikeln"),
    ),
    Around(
        "da", "DK", "Europe/Copenhagen", "Af Signe Holtoft", ("Signe Holtoft",), "17. marts 2026 kl. 08.05", "2026-03-17T08:05+01:00",
        ("Læs også: Færgens sejlplan", "Tilmeld dig vores nyhedsbrev og få nyhederne hver morgen", "Foto: Signe Holtoft", "Del artiklen"),
    ),
    Around(
        "no", "NO", "Europe/Oslo", "Av Ingvild Sandnes", ("Ingvild Sandnes",), "Publisert 17.03.2026, kl. 08:05", "2026-03-17T08:05+01:00",
        ("Les også: Rutetabellen for ferga", "Meld deg på vårt nyhetsbrev og få nyhetene hver morgen", "Foto: Ingvild Sandnes", "Del artikkelen"),
    ),
    Around(
        "fi", "FI", "Europe/Helsinki", "Teksti: Aino Rautala", ("Aino Rautala",), "17.3.2026 klo 8.05", "2026-03-17T08:05+02:00",
        ("Lue myös: Lautan aikataulu", "Tilaa uutiskirje ja saat uutiset joka aamu sähköpostiisi", "Kuva: Aino Rautala", "Jaa artikkeli"),
    ),
    Around(
        "pl", "PL", "Europe/Warsaw", "Autor: Zofia Wierzbicka", ("Zofia Wierzbicka",), "17 marca 2026, 08:05", "2026-03-17T08:05+01:00",
        ("Czytaj też: Rozkład rejsów promu", "Zapisz się na nasz newsletter", "Fot. Zofia Wierzbicka", "Udostępnij artykuł",
         "Dalszy ciąg materiału pod wideo", "Źródło: PAP"),
    ),
    Around(
        "cs", "CZ", "Europe/Prague", "Autor: Tereza Hronová", ("Tereza Hronová",), "17. března 2026 8:05", "2026-03-17T08:05+01:00",
        ("Čtěte také: Jízdní řád přívozu", "Přihlaste se k odběru newsletteru", "Foto: Tereza Hronová", "Sdílet článek", "Zdroj: ČTK"),
    ),
    Around(
        "hu", "HU", "Europe/Budapest", "Szerző: Halmos Boglárka", ("Halmos Boglárka",), "2026. március 17. 08:05", "2026-03-17T08:05+01:00",
        ("Olvasta már? A komp menetrendje", "Iratkozzon fel hírlevelünkre", "Fotó: Halmos Boglárka", "Megosztás", "Kapcsolódó cikkek"),
    ),
    Around(
        "ro", "RO", "Europe/Bucharest", "Autor: Ioana Dragu", ("Ioana Dragu",), "17 martie 2026, 08:05", "2026-03-17T08:05+02:00",
        ("Citește și: Orarul bacului", "Abonează-te la newsletter", "Foto: Ioana Dragu", "Distribuie articolul"),
    ),
    Around(
        "ru", "RU", "Europe/Moscow", "Автор: Полина Жарова", ("Полина Жарова",), "17 марта 2026, 08:05", "2026-03-17T08:05+03:00",
        ("Читайте также: Расписание парома", "Подписывайтесь на наш канал в Telegram", "Фото: Полина Жарова", "Поделиться", "Источник: ТАСС"),
    ),
    Around(
        "uk", "UA", "Europe/Kyiv", "Автор: Соломія Гайдай", ("Соломія Гайдай",), "17 березня 2026, 08:05", "2026-03-17T08:05+02:00",
        ("Читайте також: Розклад порому", "Підписуйтесь на наш телеграм-канал", "Фото: Соломія Гайдай", "Поширити", "Джерело: Укрінформ"),
    ),
    Around(
        "bg", "BG", "Europe/Sofia", "Автор: Милена Тодорова", ("Милена Тодорова",), "17 март 2026, 08:05", "2026-03-17T08:05+02:00",
        ("Прочетете още: Разписанието на ферибота", "Абонирайте се за нашия бюлетин", "Снимка: Милена Тодорова", "Сподели"),
    ),
    Around(
        "el", "GR", "Europe/Athens", "Της Δάφνης Ξενάκη", ("Δάφνης Ξενάκη",), "17 Μαρτίου 2026, 08:05", "2026-03-17T08:05+02:00",
        ("Διαβάστε επίσης: Τα δρομολόγια του πορθμείου", "Εγγραφείτε στο newsletter μας", "Φωτογραφία: Δάφνη Ξενάκη", "Κοινοποίηση",
         "Πηγή: ΑΠΕ-ΜΠΕ"),
    ),
    Around(
        "tr", "TR", "Europe/Istanbul", "Haber: Elif Karaçay", ("Elif Karaçay",), "17.03.2026 - 08:05", "2026-03-17T08:05+03:00",
        ("İlginizi çekebilir: Feribot saatleri", "Bültenimize abone olun", "Fotoğraf: Elif Karaçay", "Paylaş", "Kaynak: AA"),
    ),
    Around(
        "ar", "QA", "Asia/Qatar", "بقلم: ليلى حداد", ("ليلى حداد",), "17 مارس 2026", "2026-03-17",
        ("اقرأ أيضا: مواعيد العبّارة", "اشترك في نشرتنا البريدية", "تابعونا على فيسبوك", "المصدر: رويترز", "شارك", "تصوير: ليلى حداد"),
    ),
    Around(
        "fa", "IR", "Asia/Tehran", "نویسنده: نسرین فرهادی", ("نسرین فرهادی",), "۲۶ اسفند ۱۴۰۴", "2026-03-17",
        ("بیشتر بخوانید: برنامهٔ کشتی", "در خبرنامهٔ ما عضو شوید", "عکس: نسرین فرهادی", "منبع: ایرنا"),
    ),
    Around(
        "he", "IL", "Asia/Jerusalem", "מאת: נועה ברקוביץ", ("נועה ברקוביץ",), "17 במרץ 2026", "2026-03-17",
        ("קראו גם: לוח הזמנים של המעבורת", "הירשמו לניוזלטר שלנו", "צילום: נועה ברקוביץ", "שתפו"),
    ),
    Around(
        "hi", "IN", "Asia/Kolkata", "लेखक: मीरा कुलकर्णी", ("मीरा कुलकर्णी",), "17 मार्च 2026, 08:05", "2026-03-17T08:05+05:30",
        ("यह भी पढ़ें: नौका की समय-सारणी", "हमारे न्यूज़लेटर की सदस्यता लें", "फोटो: मीरा कुलकर्णी", "शेयर करें"),
    ),
    Around(
        "th", "TH", "Asia/Bangkok", "โดย: กานดา ศรีวงศ์", ("กานดา ศรีวงศ์",), "17 มีนาคม 2026 08:05", "2026-03-17T08:05+07:00",
        ("อ่านเพิ่มเติม: ตารางเรือ", "สมัครรับจดหมายข่าวของเรา", "ภาพ: กานดา ศรีวงศ์", "แชร์"),
    ),
    Around(
        "vi", "VN", "Asia/Ho_Chi_Minh", "Tác giả: Trần Thu Hà", ("Trần Thu Hà",), "17/03/2026 08:05", "2026-03-17T08:05+07:00",
        ("Xem thêm: Giờ chạy phà", "Đăng ký nhận bản tin của chúng tôi", "Ảnh: Trần Thu Hà", "Chia sẻ"),
    ),
    Around(
        "id", "ID", "Asia/Jakarta", "Oleh: Ratna Wulandari", ("Ratna Wulandari",), "17 Maret 2026, 08:05 WIB", "2026-03-17T08:05+07:00",
        ("Baca juga: Jadwal feri", "Berlangganan buletin kami", "Foto: Ratna Wulandari", "Bagikan"),
    ),
    Around(
        "ja", "JP", "Asia/Tokyo", "記者：高梨 美緒", ("高梨 美緒",), "2026年3月17日 08:05", "2026-03-17T08:05+09:00",
        ("関連記事：渡し船の時刻表", "あわせて読みたい", "この記事は有料会員限定です", "写真：高梨美緒", "シェアする", "メルマガに登録する"),
    ),
    Around(
        "zh", "CN", "Asia/Shanghai", "记者：林晓岚", ("林晓岚",), "2026年3月17日 08:05", "2026-03-17T08:05+08:00",
        ("相关阅读：渡轮时刻表", "责任编辑：周宁", "分享到微信", "图片来源：林晓岚", "扫码关注我们"),
    ),
    Around(
        "ko", "KR", "Asia/Seoul", "한지우 기자", ("한지우",), "2026.03.17 08:05", "2026-03-17T08:05+09:00",
        ("관련기사: 배 시간표", "무단 전재 및 재배포 금지", "사진=한지우 기자", "공유하기", "뉴스레터 구독하기"),
    ),
)  # fmt: skip
