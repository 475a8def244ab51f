"""Small closed lists of words: what can't name a theme, and what an adjective looks like."""

from __future__ import annotations

from verbatim.discover.phrases import NEGATIONS, stem
from verbatim.drivers.evidence import FUNCTION_WORDS

PARTICLES = frozenset("away back down in off on out over up well".split())
"""Words that may end a phrase of a verb, as in "come back"."""

PREPOSITIONS = frozenset(
    "about above across after against along among around at before behind below beside between by "
    "despite during except for from in into near of off on onto over per since through throughout "
    "to toward towards under until upon via with within without".split()
)
"""Words behind which a phrase names something else than what it is about."""

MEASURES = frozenset(
    "amount array bottle bowl bunch couple cup glass jug kind lot member mug pair piece plate "
    "portion pot quality range selection sort standard type variety".split()
)
"""Things that a judgement passes through, to what is measured: a cold cup of coffee."""

POSSESSIVES = frozenset("her his my our their your".split())

_OPENERS = frozenset(
    "admittedly apparently basically clearly disappointingly finally firstly fortunately frankly "
    "generally hopefully honestly interestingly ironically literally luckily mostly obviously "
    "oddly personally regrettably sadly secondly seriously surprisingly thankfully "
    "unfortunately".split()
)
"""Adverbs that say how the sentence is meant, and nothing of what it is about."""

_LINKS = frozenset(
    "able about absolutely across actually ago almost alone along already although always among "
    "another anyone anything apart around aside available because become becomes behind below "
    "beside besides best between beyond bit both bring cannot cant close completely despite due "
    "during each either else enough especially even ever every everybody everyone everything "
    "exactly except extremely fairly far few further half here however impossible incredibly "
    "instead itself last later least less like little lot lots many may maybe might much must "
    "myself near nearby nearly next nobody none nor nothing often once onto ourselves per perhaps "
    "plus quite rather really right same second seem seemed seems several shall should side simply "
    "since somebody someone something sometimes soon still straight such super sure than "
    "themselves though throughout thus till together too totally toward towards truly unable under "
    "unless until upon usually via way whatever whenever whether whole whose within without yet "
    "yourself".split()
)
_NUMBERS = frozenset(
    "cent dollar dozen eight eleven euro fifteen fifth fifty five forty four fourth hundred "
    "million nine one pence penny pound quarter quid seven six ten third thirty thousand three "
    "twelve twenty twice two zero".split()
)
_TIMES = frozenset(
    "afternoon april august day december evening february friday hour hr january july june "
    "lunchtime march midnight min mins minute moment monday month morning night noon november "
    "october saturday second september sunday thursday time today tomorrow tonight tuesday "
    "wednesday week weekend while year yesterday".split()
)
_VERBS = frozenset(
    "accept add agree allow answer apologise apologize appear arrive ask avoid beat believe bother "
    "break bring build buy call cancel care carry cause change charge check choose claim clean "
    "close come complain consider continue cost cover cut deal deliver deserve disappoint do drive "
    "drop eat end enjoy expect explain fail fall feel fill find finish fit fix forget get give go "
    "happen hate have hear help hit hold hope ignore include keep kick know lack laugh lead learn "
    "leave lend let lie like listen live look lose love make manage matter mean meet mention mind "
    "miss move need offer open order owe own pay pick play prefer press promise provide pull push "
    "put raise reach read realise realize receive recommend refuse remain remember remind renew "
    "repeat replace reply require return ring run save say see sell send serve set share show shut "
    "sit sleep solve sort speak spend stand start stay stop suggest suit switch take talk tell "
    "thank think throw travel treat try turn understand update use visit wait wake walk want warn "
    "watch wear wish wonder work worry write".split()
)
_IRREGULAR = frozenset(
    "ate beat became began beginning bought broke brought built came caught chose cutting did "
    "dropped drove fell felt fitted flew forgetting forgot found gave getting given gone got had "
    "heard held hidden hit kept knew known lay led left lent let letting lost made meant met paid "
    "planned put putting ran rang read rose running said sat saw seen sent setting shown shutting "
    "sitting slept sold spent spoke stole stood stopped sung swept taken taught thought threw told "
    "took understood went winning woke won wore worn written wrote".split()
)
_NOUNS_TOO = frozenset(
    "answer bill call care change charge claim cover deal delay delivery fit help offer order "
    "queue repair reply return ring service show sleep update visit wait walk".split()
)
"""Verbs whose base names a thing as well."""

GENERIC = frozenset(
    "absurd acceptable adequate alright amazing appalling average awesome awful bad brilliant "
    "certain complete decent different dire disappointed disappointing disgusting dreadful entire "
    "excellent exceptional fabulous fair fantastic fine full general glad good gorgeous great "
    "happy horrible ideal impressed impressive incredible lovely marvellous marvelous mediocre "
    "nice normal ok okay ordinary outstanding overall perfect plain pleasant pleased poor pretty "
    "real recommended ridiculous rubbish satisfied shocking similar sorry special splendid "
    "standard superb terrible terrific total true typical unhappy usual winner wonderful "
    "worth".split()
)
"""Judgements that fit anything, and so tell nothing unless they stand beside a thing."""

GENERAL = frozenset(
    "anything area back bank bloke bottom boy business case chance class company course customer "
    "end everything experience fact family fella first folk friend front gentleman girl guest guy "
    "hotel human husband idea issue item kind lad lady lass level line lot man member middle name "
    "nothing ones option part people person place point problem product purchase reason rest "
    "review shame side someone sort star stay stuff surprise team thing top wife woman word".split()
)
"""Things that are of every theme, and so tell nothing unless a judgement stands beside them."""

VAGUE = GENERAL | frozenset(("spot",))
"""Things that name nothing by themselves."""

UNFINISHED = frozenset(
    "big bright broad cold cool dark dated dead deep difficult digital double dried dry early "
    "extra flat free fresh full half handy hard heavy high hot huge large late light little long "
    "low main narrow new old open own quick short single slow small soft spare stocked strong tall "
    "thick thin tiny warm weak wide worn wrong young".split()
)
"""Adjectives that leave open what they are about, and so never stand alone."""

_ADJECTIVES = UNFINISHED | frozenset(
    "bland blunt broken calm cheap clean clear cosy cozy cramped creepy crisp crowded damp "
    "delicious dim dull easy expensive fast firm friendly fun genuine grey helpful honest "
    "immaculate kind lively loose loud mature modern neat noisy outdated overpriced patient "
    "pricey pristine prompt quiet rare reliable rough rude sad safe secure sharp sick simple "
    "sleek smart smooth sour spotless stale steep stiff stuffy sweet tasteless tidy tight "
    "tired tough unclear unsafe vague".split()
)
_ENDINGS = (
    "ful", "less", "ous", "able", "ible", "ive", "ish", "iest", "icient", "arty", "irty", "ilthy",
    "endly", "ovely", "ottly", "oisy", "usty", "isty", "umpy", "asty", "icky", "appy", "ealthy",
    "ient", "ifying", "ortable",
)  # fmt: skip

_BASES = {
    "better": "good", "best": "good", "worse": "bad", "worst": "bad", "further": "far",
    "farther": "far", "furthest": "far",
}  # fmt: skip
PREDICATIVE = frozenset("alone available gone included missing ready worth".split())
"""Adjectives that stand behind what they are about."""


def base(word: str) -> str:
    """Positive of a comparative or superlative, as far as the adjective is a known one.

    Examples
    --------
    >>> base("cleaner"), base("noisiest"), base("biggest"), base("best"), base("shower")
    ('clean', 'noisy', 'big', 'good', 'shower')
    """
    if word in _BASES:
        return _BASES[word]
    for ending in ("er", "est"):
        if word.endswith(ending):
            cut = word[: -len(ending)]
            for found in (cut, f"{cut}e", f"{cut[:-1]}y", cut[:-1]):
                if found in _ADJECTIVES or found in GENERIC:
                    return found
    return word


def is_empty(word: str) -> bool:
    """Whether a word can't name anything: a link, pronoun, auxiliary, contraction or number.

    Examples
    --------
    >>> [is_empty(word) for word in ("isn't", "46g", "5g", "beyond", "minutes", "lift")]
    [True, True, False, True, True, False]
    """
    whole = word.removesuffix("s") if len(word) > 3 else word
    return (
        len(word) < 2
        or "'" in word
        or word in FUNCTION_WORDS
        or word in _LINKS
        or word in NEGATIONS
        or not any(letter.isalpha() for letter in word)
        or (word[0].isdigit() and not (len(word) == 2 and word[1].isalpha()))
        or bool({word, whole} & (_NUMBERS | _TIMES))
    )


def says_nothing(word: str) -> bool:
    """Whether a word has no place in a name: an empty one, or one about the whole sentence.

    Examples
    --------
    >>> [says_nothing(word) for word in ("beyond", "sadly", "friendly")]
    [True, True, False]
    """
    return is_empty(word) or word in _OPENERS


def is_verb(word: str) -> bool:
    """Whether a word is a verb that names no thing, in any form.

    Examples
    --------
    >>> [is_verb(word) for word in ("gave", "lets", "charged", "trying", "stopped")]
    [True, True, True, True, True]
    >>> [is_verb(word) for word in ("queue", "wait", "card", "lid")]
    [False, False, False, False]
    """
    if word in _ADJECTIVES or {word, word.removesuffix("s")} & _NOUNS_TOO:
        return False
    stems = {word, word.removesuffix("s"), word.removesuffix("es")}
    for ending in ("ed", "ing"):
        if word.endswith(ending):
            cut = word.removesuffix(ending)
            stems |= {cut, f"{cut}e"}
            stems |= {cut[:-1]} if cut[-1:] == cut[-2:-1] else set()
            stems |= {f"{cut[:-1]}y"} if cut.endswith("i") else set()
    return word in _IRREGULAR or bool(stems & _VERBS)


def is_adjective(word: str) -> bool:
    """Whether a word is a known adjective or ends as many do.

    Examples
    --------
    >>> [is_adjective(word) for word in ("slow", "helpful", "lift")]
    [True, True, False]
    """
    return word in _ADJECTIVES or word in GENERIC or (len(word) > 4 and word.endswith(_ENDINGS))


def sets_apart(word: str) -> bool:
    """Whether a word may set a theme apart.

    Examples
    --------
    >>> [sets_apart(word) for word in ("lift", "good", "place", "gave")]
    [True, False, False, False]
    """
    return not (is_empty(word) or is_verb(word) or word in GENERIC or stem(word) in GENERAL)
