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
    "zh": ["房间很干净,服务也很好。", "早餐一般,价格太贵。", "快递太慢了,等了三个星期。", "下次还会再来"],
    "ko": ["직원들이 친절하고 방이 깨끗했어요.", "배송이 너무 늦었습니다.", "다시는 안 갑니다"],
    "el": ["Πολύ καθαρό δωμάτιο και ευγενικό προσωπικό.", "Το πρωινό ήταν κρύο.", "Δεν το συνιστώ"],
    "ar": ["الغرفة نظيفة والموظفون ودودون جدا", "الخدمة سيئة ولن أعود مرة أخرى"],
}


def detect(text: str) -> str:
    return detect_language(text, [w for s in split_sentences(text) for w in s.words])


@pytest.mark.parametrize("language", REVIEWS)
def test_short_foreign_reviews_are_recognised(language: str) -> None:
    assert {text: detect(text) for text in REVIEWS[language]} == dict.fromkeys(REVIEWS[language], language)
