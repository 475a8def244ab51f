"""Main language of a text; English unless the signs are clear.

A false "not English" loses a customer's voice, a false "English" only costs a poor reading. So
function words and scripts decide most texts, a few words that tell ("sehr", "muy") the short ones
where nothing is English, and the model of py3langid (BSD licence, in its package) is asked only
about texts in Latin or Cyrillic script whose words leave it open.
"""

from __future__ import annotations

import re
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Protocol

__all__ = ["detect_language"]

_FUNCTION_WORDS = {
    "en": "the and of to is it was for with that this they you we my our were are be been have "
    "had has not but very from at by there their which would could should will can did "
    "does when what how all so if or as your its n't 's 're 've 'm 'll just than then "
    "them he she his her who because about out up only after before again never ever also "
    "too more any some being get got good great nice room staff service clean dirty lovely amazing "
    "awful helpful friendly comfy comfortable quiet noisy slow quick cheap expensive better "
    "delicious breakfast bathroom shower food stay stayed price works worked broken sounds quality "
    "nothing everything everyone two outstanding filthy superb stunning loved love hated wonderful "
    "gorgeous disgusting shabby views view rooms beds overpriced recommend tasty tasteless "
    "horrendous appalling disappointing disappointed thanks thank waste money worth",
    "de": "und nicht ich ist der das ein eine wir sehr mit auch aber für auf waren zum zur sich "
    "dem es sie uns bei nur noch wie oder wenn kein keine leider immer schön nach vom "
    "haben hatte wurde danke gerne zimmer sauber freundlich frühstück einfach",
    "fr": "et est pas très nous vous dans avec mais une qui que cette était je elle sont bien "
    "tout tous aux notre votre trop rien peu c'est j'ai n'est d'un d'une sur ça même "
    "merci chambre accueil livraison commande prix",
    "es": "que muy pero una por para está fue todo bien más nos hay buena bueno nada también "
    "cuando porque estaba tiene gracias y lo se habitación todos nunca excelente "
    "ubicación ducha",
    "it": "che è molto una sono della nel alla anche gli ottimo buono bene tutto abbiamo stato "
    "più siamo questo ci si mi di nella personale camera colazione posizione stanza "
    "consiglio sempre lo",
    "pt": "não muito que uma para mas foi é bom boa por são tudo também mais ao pelo estava tem "
    "nos atendimento quarto isso já recomendo ótimo banheiro toda",
    "nl": "het een niet en met zijn voor maar ook naar dat goed zeer heel wij ons bij veel geen "
    "heeft werd alleen kamer was je ontbijt te slechte nooit werkt kamers locatie",
    "sv": "och är inte det som på jag med mycket för ett av hade bra också från så var vi dålig "
    "aldrig trevlig personalen hög snabb",
    "da": "og ikke det på jeg med meget til af havde også fra godt som var vi gerne kom værelse",
    "no": "og ikke det på jeg med veldig til av hadde også fra bra som var vi gjerne kom rommet",
    "fi": "ja ei oli että hyvä mutta se hotelli erittäin myös kun ovat huone kaikki niin hyvin "
    "palvelu henkilökunta aamiainen",
    "pl": "nie jest się z w bardzo że był była było dla tylko jak pokój obsługa wszystko przez "
    "polecam szybka czysto",
    "cs": "je v byl byla bylo velmi že se jsme není také jsou pokoj všechno ve jídlo personál "
    "čistý",
    "hu": "és nem volt nagyon hogy egy az csak minden jó szoba meg ez",
    "ro": "și este foarte dar pentru în fost mai camera sunt bine nu",
    "tr": "ve çok bir bu ama için değil ile güzel gibi iyi kadar oda yok daha geldi odalar hiç",
    "id": "yang tidak di sangat ini untuk dengan saya kamar bagus itu",
    "vi": "và là không rất của có cho được phòng tôi này nhân viên",
}
"""Frequent words of each language, without those that English uses too ("den", "van", "sus"); and
of English, without judgements that mean something elsewhere ("bad", "fast", "rude")."""

_OWN = {code: frozenset(words.split()) for code, words in _FUNCTION_WORDS.items()}
_KNOWN = frozenset(_OWN)
_ENGLISH = _OWN.pop("en")
_FOREIGN = frozenset().union(*_OWN.values()) - _ENGLISH

_TELLING_WORDS = {
    "de": "sehr schlecht schlechte schlechter schlechtes schlechten nichts alles sauber sauberes "
    "saubere freundlich freundliche freundlicher freundliches freundlichen unfreundlich zimmer "
    "betten leider schön schöne schönes schöner tolles hervorragend ausgezeichnet perfekt "
    "frühstück gerne wieder kein keine nicht und wir zufrieden teuer lage gutes guter schnell "
    "schnelle langsam schmutzig dreckig preis empfehlenswert lecker nie einfach ruhig klasse "
    "immer aber für",
    "fr": "très bien pas rien parfait parfaite signaler accueil propre séjour sejour agréable "
    "agreable déçu bonne mauvais mauvaise livraison chère excellente emplacement jamais trop "
    "comme était avec c'est",
    "es": "muy bien buen bueno buena buenos buenas nada excelente lugar bonito amable amables "
    "comida habitación habitacion limpio limpia limpias atención atencion pésimo perfecto "
    "servicio ubicación ubicacion desayuno recomendable recomiendo ninguno ninguna mucho sucio "
    "pero",
    "it": "molto tutto perfetto perfetta ottimo ottima ottimi buono buona buoni niente pulito "
    "pulita pulite gentili colazione posizione bellissimo bellissima eccellente servizio pessimo "
    "pessima consigliato consiglio scarso",
    "pt": "muito muita bom ótimo ótima otimo nada atendimento perfeito excelente péssimo quarto "
    "não adorei gostei recomendo",
    "nl": "goed goede erg zeer slecht slechte niet geen lekker lekkere kamer kamers schoon "
    "vriendelijk vriendelijke personeel mooi mooie ontbijt alles niets leuk duur een veel",
    "sv": "mycket dåligt dålig trevlig inte inget och frukost",
    "da": "meget godt dårlig dårligt ikke venligt",
    "no": "veldig dårlig ikke hyggelig",
    "fi": "hyvä hyvin erittäin todella huono kaikki siisti",
    "pl": "bardzo dobrze dobry dobra dobre wszystko polecam obsługa miła czysto",
    "cs": "velmi dobré dobrý výborné spokojenost vše",
    "hu": "nagyon minden rendben szép",
    "ro": "foarte bună nimic curat",
    "tr": "çok güzel iyi kötü teşekkürler harika değil",
}
"""Words that tell a language by themselves where nothing is English; no dishes and no names."""

_TELLS = {code: frozenset(words.split()) for code, words in _TELLING_WORDS.items()}
_TELLING = frozenset().union(*_TELLS.values())
# Of the English words those that are no others' too, as "was", "Service", "will" and "me" are.
_ONLY_ENGLISH = (
    _ENGLISH
    - frozenset("service was is to of at by so as or all me he her had will are more".split())
) | frozenset(
    "best ever like love hate want need needs help easy cold new old big small long short road "
    "street town home house day night time year people thing things way well really just much many "
    "less every other same few while since through off yes okay wait waiting late early said told "
    "made make take took give gave think know happy sad sorry fine tastes tasted faux".split()
)
_ENGLISH_ENDINGS = ("ed", "ing")
_SHORTEST_ENDED = 5
_WORDS_PER_TELLING = 5

_SCRIPTS = {
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "ru": "\u0400-\u052f",
    "hy": "\u0530-\u058f",
    "he": "\u0590-\u05ff",
    "ar": "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufefe",
    "hi": "\u0900-\u097f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "th": "\u0e00-\u0e7f",
    "ka": "\u10a0-\u10ff",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "ja": "\u3040-\u30ff\uff66-\uff9d",
    "zh": "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff",
}
_SCRIPT = {code: re.compile(f"[{letters}]") for code, letters in _SCRIPTS.items()}
_OTHER_SCRIPT = re.compile(f"[{''.join(_SCRIPTS.values())}]")
_LATIN = re.compile("[A-Za-z\xc0-\xd6\xd8-\xf6\xf8-\u024f\u1e00-\u1eff]")
_ASKED = {"ru": frozenset(["ru", "uk", "bg", "sr"]), "ar": frozenset(["ar", "fa", "ur"])}

_MOST_WORDS = 60
_MOST_LETTERS = 1000
_FEW_WORDS, _FEW_LETTERS = 4, 20
# Names and dishes ("gnocchi, risotto") look foreign to the model, so it must be surer if no known
# word bears it out.
_SURE_IF_KNOWN, _SURE = 0.7, 0.97
_PLAIN_WORDS = 3


def detect_language(text: str, words: Sequence[str]) -> str:
    """Return the main language of a text.

    Parameters
    ----------
    text : str
        The text; the first 1,000 characters count.
    words : sequence of str
        Its words, as `verbatim.sentences` splits them; the first 60 count.

    Returns
    -------
    str
        ISO 639-1 code; "en" where nothing clear speaks against it, "und" where there is no letter.

    Examples
    --------
    >>> detect_language("Great pool", ["Great", "pool"])
    'en'
    >>> text = "Das Zimmer war sauber und das Personal sehr nett."
    >>> detect_language(text, text.split())
    'de'
    >>> detect_language("Muy bueno", ["Muy", "bueno"])
    'es'
    >>> detect_language("10/10 !!!", ["10/10", "!", "!", "!"])
    'und'
    """
    sample = list(map(str.lower, words[:_MOST_WORDS]))
    english = len(_ENGLISH.intersection(sample))
    if text.isascii() and english > 1 and english * 5 > len(sample) and _FOREIGN.isdisjoint(sample):
        return "en"
    text = text[:_MOST_LETTERS]
    if text.isascii():
        return _by_words(text, sample, english) if _LATIN.search(text) else "und"
    others = len(_OTHER_SCRIPT.findall(text))
    latin = len(_LATIN.findall(text))
    if not others and not latin:
        return "und"
    if others > latin:
        return _by_script(text)
    return _by_words(text, sample, english)


def _by_script(text: str) -> str:
    """Name the language of the commonest script; the model tells those apart that share one."""
    counts = {code: len(letters.findall(text)) for code, letters in _SCRIPT.items()}
    # Japanese mixes its own letters with Chinese ones.
    if counts["ja"]:
        counts["ja"] += counts["zh"]
    code = max(counts, key=counts.__getitem__)
    return _ask(text, _ASKED[code])[0] if code in _ASKED and counts[code] > _FEW_LETTERS else code


def _by_words(text: str, sample: Sequence[str], english: int) -> str:
    """Weigh English against foreign function words, and the model's word against both."""
    if not _TELLING.isdisjoint(sample) and (told := _told(sample)):
        return told
    foreign = [word for word in sample if word in _FOREIGN]
    if english >= max(1, len(set(foreign))):
        return "en"
    short = len(sample) < _FEW_WORDS or sum(map(len, sample)) < _FEW_LETTERS
    if short and not (foreign and any(not word.isascii() for word in sample)):
        return "en"
    if not english and (plain := _plainly(foreign)):
        return plain
    code, probability = _ask(text, _KNOWN)
    if code == "en":
        return "en"
    known = any(word in _OWN[code] for word in foreign)
    return code if probability > (_SURE_IF_KNOWN if known else _SURE) else "en"


def _told(sample: Sequence[str]) -> str | None:
    """Name the language of the telling words, if they are not few and no word is English only."""
    telling = [word for word in sample if word in _TELLING]
    if len(telling) * _WORDS_PER_TELLING < sum(map(str.isalpha, sample)):
        return None
    if any(map(_looks_english, sample)):
        return None
    counts = {
        code: sum(map(own.__contains__, telling)) + sum(map(_OWN[code].__contains__, sample))
        for code, own in _TELLS.items()
    }
    return max(counts, key=counts.__getitem__)


def _looks_english(word: str) -> bool:
    ended = len(word) >= _SHORTEST_ENDED and word.endswith(_ENGLISH_ENDINGS)
    return ended or word in _ONLY_ENGLISH


def _plainly(foreign: Sequence[str]) -> str | None:
    """Name the language of most of the function words, if hardly any other has them too."""
    if len(foreign) < _PLAIN_WORDS:
        return None
    counts = {code: sum(map(own.__contains__, foreign)) for code, own in _OWN.items()}
    (best, most), (_, second) = sorted(counts.items(), key=lambda item: -item[1])[:2]
    return best if most >= max(_PLAIN_WORDS, 2 * second) else None


class _Identifier(Protocol):
    def rank(self, text: str) -> list[tuple[str, float]]: ...


@lru_cache(maxsize=1)
def _identifier() -> _Identifier:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(_KNOWN.union(*_ASKED.values()))  # the others cost time and say nothing
    known: _Identifier = identifier
    return known


def _ask(text: str, codes: Set[str]) -> tuple[str, float]:
    """Return the model's best of `codes` and its probability among them."""
    chances = {code: chance for code, chance in _identifier().rank(text) if code in codes}
    best = max(chances, key=chances.__getitem__)
    return best, chances[best] / (sum(chances.values()) or 1.0)
