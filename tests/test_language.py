"""The main language of short and mixed reviews, with a strong lean to English."""

from __future__ import annotations

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verbatim.language import detect_language
from verbatim.sentences import split_sentences

REVIEWS = {
    "de": [
        "Sehr freundliches Personal und ein tolles Frühstück.",
        "Das Zimmer war klein, aber sauber.",
        "Leider hat die App ständig nicht funktioniert und niemand hat geholfen.",
        "Nie wieder! Drei Wochen auf die Lieferung gewartet und dann war die Hälfte kaputt.",
        "Wir kommen gerne wieder.",
        "Preis und Leistung stimmen hier einfach nicht.",
    ],
    "fr": [
        "Le personnel était très accueillant et la chambre bien propre.",
        "Je ne recommande pas cette banque, on attend toujours une réponse.",
        "Petit déjeuner moyen mais lit très confortable.",
        "Livraison en retard et colis abîmé, service client injoignable.",
        "Nous avons passé un excellent séjour, merci à toute l'équipe !",
        "C'est trop cher pour ce que c'est.",
    ],
    "es": [
        "La habitación estaba limpia pero el baño era muy pequeño.",
        "Muy buena atención, volveremos el año que viene.",
        "No funciona la aplicación y nadie contesta el teléfono.",
        "El desayuno es escaso y el café está frío.",
        "Todo perfecto, muchas gracias por el trato.",
        "Pedí un reembolso hace dos meses y sigo esperando.",
    ],
    "it": [
        "Camera pulita e personale molto gentile.",
        "La colazione è scarsa ma la posizione è ottima.",
        "Abbiamo aspettato quaranta minuti per il check-in.",
        "Non tornerò mai più in questo ristorante.",
        "Il pacco è arrivato rotto e nessuno risponde alle mie email.",
        "Tutto bene, prezzo giusto per quello che offre.",
    ],
    "pt": [
        "O quarto era pequeno mas muito limpo.",
        "Atendimento péssimo, não recomendo a ninguém.",
        "A comida estava fria e demorou uma hora para chegar.",
        "Gostei muito, voltarei com certeza.",
        "Não consigo entrar na minha conta desde ontem.",
        "Funcionários simpáticos e um ótimo café da manhã.",
    ],
    "nl": [
        "Het personeel was vriendelijk en het ontbijt goed.",
        "De kamer rook naar rook en het bed was te hard.",
        "Niet meer voor mij, veel te duur voor wat je krijgt.",
        "Pakket kwam twee weken te laat en niemand nam de telefoon op.",
        "Heel fijn verblijf gehad, wij komen zeker terug.",
    ],
    "sv": [
        "Rummet var litet men väldigt rent och fräscht.",
        "Personalen var trevlig och frukosten mycket bra.",
        "Jag fick vänta i två timmar och ingen hjälpte mig.",
        "Appen fungerar inte efter senaste uppdateringen.",
        "Vi kommer gärna tillbaka hit nästa sommar.",
    ],
    "pl": [
        "Bardzo miła obsługa i smaczne śniadanie.",
        "Pokój był brudny, a łazienka nie działała.",
        "Nie polecam, czekałem na paczkę trzy tygodnie.",
        "Aplikacja ciągle się zawiesza i nikt nie odpowiada.",
        "Wszystko w porządku, na pewno wrócimy.",
    ],
    "tr": [
        "Odalar çok temiz ve personel güler yüzlü.",
        "Kahvaltı güzel ama oda çok küçük.",
        "Siparişim üç hafta geç geldi ve kimse yardım etmedi.",
        "Fiyatına göre iyi bir otel, tavsiye ederim.",
        "Uygulama sürekli çöküyor, müşteri hizmetleri cevap vermiyor.",
    ],
    "ru": [
        "Номер чистый, персонал вежливый.",
        "Ужасный сервис, никому не советую.",
        "Очень вкусный завтрак и удобная кровать!",
        "Посылка пришла через месяц и была разбита.",
        "Отлично",
    ],
    "ja": [
        "部屋はとてもきれいでした。",
        "スタッフの対応が悪く、二度と行きません。",
        "朝食がおいしかったです。",
        "アプリがすぐ落ちる。",
    ],
    "zh": [
        "房间很干净,服务也很好。",
        "早餐一般,价格太贵。",
        "快递太慢了,等了三个星期。",
        "下次还会再来",
    ],
    "ko": ["직원들이 친절하고 방이 깨끗했어요.", "배송이 너무 늦었습니다.", "다시는 안 갑니다"],
    "el": ["Πολύ καθαρό δωμάτιο και ευγενικό προσωπικό.", "Το πρωινό ήταν κρύο.", "Δεν το συνιστώ"],
    "ar": ["الغرفة نظيفة والموظفون ودودون جدا", "الخدمة سيئة ولن أعود مرة أخرى"],
}


SHORT = {
    "de": ["Sehr gut", "Sehr schlechter Service", "Nichts", "Personal freundlich, Zimmer sauber"],
    "fr": ["Très bien", "Pas propre", "Accueil parfait", "Rien"],
    "es": [
        "Nada",
        "Muy bueno",
        "Personal muy amable",
        "Sitio bonito, camarero amable",
        "Todo bien",
    ],
    "it": ["Molto bello", "Tutto ok", "Ottimo albergo"],
    "pt": ["Muito bom", "Bom atendimento"],
    "nl": ["Goed hotel", "Erg duur"],
    "pl": ["Bardzo dobrze"],
    "tr": ["Çok güzel"],
}


def detect(text: str) -> str:
    return detect_language(text, [w for s in split_sentences(text) for w in s.words])


@pytest.mark.parametrize("language", REVIEWS)
def test_short_foreign_reviews_are_recognised(language: str) -> None:
    found = {text: detect(text) for text in REVIEWS[language]}
    assert found == dict.fromkeys(REVIEWS[language], language)


@pytest.mark.parametrize("language", SHORT)
def test_a_few_telling_words_are_no_english(language: str) -> None:
    found = {text: detect(text) for text in SHORT[language]}
    assert found == dict.fromkeys(SHORT[language], language)


@pytest.mark.parametrize(
    "text",
    [
        "Bad",
        "Meh",
        "gr8",
        "No",
        "Rude",
        "Fantastico!!",
        "Personal banker super",
        "Was ok. Wifi nope",
        "Bar an absolute die-hard",
        "Top menu, top hotel",
        "Danke Hans, best hotel",
        "Casa Bueno lovely",
        "Nada Lopez helped",
        "Tres leches, flan, churros",
        "Bon appetit",
        "Great location",
        "Lovely!",
        "ok",
        "helpfull staf, confy beds",
        "Breakfast mediocre, bathroom mouldy, lift broken",
        "Pad Thai, Tom Yum, Massaman curry",
        "Gnocchi, risotto, tiramisu delicious",
        "Crème brûlée and café au lait were superb",
        "Stayed at La Quinta, Del Mar, near San Diego",
        "Señor Martinez helped us",
        "The Straße name was hard to find",
        "Merci! Lovely place, the owner is a star and we will be back",
        "Staff said 'guten Morgen, wie geht es' every day and that was sweet",
        "It was 很好 (very good) they told us",
        "Wifi down. Again.",
        "WORST AIRLINE EVER",
        "lol nah um er meh",
    ],
)
def test_english_with_names_slips_and_foreign_words_stays_english(text: str) -> None:
    assert detect(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The room was clean and the staff very kind. Muchas gracias por todo, volveremos.", "en"),
        ("Das Hotel ist sehr schön und ruhig, wir kommen gerne wieder. Very nice!", "de"),
        ("Good. Номер чистый и персонал вежливый, очень вкусный завтрак", "ru"),
        ("Très bien", "fr"),
        ("Das Bad war fast neu und gut", "de"),
        ("Bagno pulito, letto decent", "it"),
        ("Super Hotel", "en"),
        ("Zimmer frame provided", "en"),
        ("Habla Bueno cafe: closed, staff helpless", "en"),
    ],
)
def test_the_greater_part_decides_and_what_may_be_english_is(text: str, language: str) -> None:
    assert detect(text) == language


@pytest.mark.parametrize("text", ["", "   ", "10/10", "!!!", "😀👍", "5 - 3 = 2", "\n\n"])
def test_where_there_is_no_letter_there_is_no_language(text: str) -> None:
    assert detect(text) == "und"


@given(st.text(st.characters(codec=None), max_size=120))
def test_every_text_gets_a_code(text: str) -> None:
    code = detect_language(text, text.split())
    assert code == "und" or (len(code) == 2 and code.isascii() and code.islower())


def test_threads_agree() -> None:
    texts = [text for reviews in REVIEWS.values() for text in reviews]
    found: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: found.append([detect(text) for text in texts]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[language for language in REVIEWS for _ in REVIEWS[language]]] * 4
