"""Verbs of what customers do, and the words around them. Data tables; see `activities`."""

from __future__ import annotations

from collections.abc import Mapping

_REGULAR = (
    "wait queue call phone email contact complain report request ask talk chat message text visit "
    "explain chase remind escalate book reserve order purchase pick select compare search browse "
    "research download install register apply subscribe join switch upgrade renew cancel return "
    "exchange claim arrive check land board park walk travel collect unpack use try watch play "
    "wash cook work charge connect open move change share explore attend post receive scan click "
    "press reset unplug type upload transfer deposit pack wander shop rent hire borrow sign log "
    "fill turn drop plug top follow enter"
)
_IRREGULAR = (
    "pay:paid buy:bought go:went:gone come:came get:got:gotten take:took:taken sit:sat "
    "stand:stood ring:rang:rung speak:spoke:spoken tell:told eat:ate:eaten drink:drank:drunk "
    "sleep:slept swim:swam drive:drove:driven fly:flew:flown ride:rode:ridden leave:left "
    "spend:spent send:sent bring:brought write:wrote:written read:read lose:lost "
    "choose:chose:chosen wear:wore:worn set:set hang:hung run:ran"
)

PARTICLES: Mapping[str, frozenset[str]] = {
    verb: frozenset(words.split())
    for verb, words in {
        "check": "in out",
        "sign": "in up out",
        "log": "in on out",
        "pick": "up",
        "set": "up",
        "send": "back off",
        "go": "back out",
        "come": "back",
        "call": "back",
        "ring": "back",
        "phone": "back",
        "write": "back",
        "fill": "in out",
        "turn": "on off up down away back",
        "hang": "up",
        "drop": "off",
        "plug": "in",
        "move": "out in",
        "get": "back up",
        "take": "back out",
        "top": "up",
        "follow": "up",
        "run": "out",
        "eat": "in out",
        "walk": "away out",
        "sit": "down",
    }.items()
}
"""Words behind a verb that make another of it."""

NEEDS_PARTICLE = frozenset("check sign log set hang top follow turn get fill run plug".split())
"""Verbs that say nothing here without their particle."""

ALONE = frozenset(
    {"wait", "queue", "complain", "call back", "check in", "check out", "log in", "sign up"}
    | {"hang up", "go back", "come back", "cancel", "walk out", "call", "phone", "ring"}
)
"""Verbs that say enough without an object."""

_PASSIVE = (
    "charged overcharged offered moved upgraded downgraded transferred refused refunded greeted "
    "welcomed promised quoted billed invited locked cut seated escorted walked sent given told "
    "asked passed disconnected overbooked rebooked"
)

SUFFERED = frozenset(_PASSIVE.split())
"""Participles of what is done to customers: "we were upgraded", "I was charged twice"."""

MEALS = frozenset(
    "breakfast lunch dinner brunch tea coffee drinks drink cocktails meal meals supper massage "
    "massages treatment treatments haircut surgery appointment operation scan".split()
)
"""What one *has* that is something done."""

NEGATIONS = frozenset(
    "didn't didnt couldn't couldnt can't cant cannot never don't dont haven't hadn't".split()
)

NOT = NEGATIONS | {"not", "unable"}

LEADING = frozenset("had tried ended needed managed".split())
"""Helpers that are shown: "had to call" says more than "call"."""

PREPOSITIONS = frozenset("in on at for from with to of by about into".split())

HELPERS = frozenset(
    "had have has 've also then just finally even both all only ended up decided tried trying to "
    "managed needed got actually eventually immediately already recently usually always often "
    "still first again did not were was are am been be being able unable".split()
)
"""Words that may stand between the subject and its verb."""

UNREAL = frozenset(
    "if unless could would should can will might may must shall please wish do does did "
    "whether where".split()
)
"""Words before a subject that make it a question, a condition or a wish."""

CLAUSE_BOUNDS = frozenset(
    "and but because so which who whom that when while as since although though or until before "
    "after only like based whether compared thinking was were is are am has have had i we they he "
    "she there what how why if where would could will did does do can than then which's that's "
    "it's despite due even just yet however whilst once unless without who's i'm we're i'd we'd "
    "i'll we'll you'll i've we've being".split()
)
"""Words at which the object of a verb ends."""

FUNCTION = frozenset(
    "a an the this that these those my our your his her its their some any to of in on at for "
    "from with by about into onto over up out off down back it them us me you him very really "
    "so too all both more most much many few no not own other another one ones again also ever "
    "never here there same well i we he she they through per via around during several hotel "
    "place time property company business thing stuff lot way bit day night week month "
    "year".split()
)
"""Words that don't say what an activity is about."""

TRAILING = FUNCTION - frozenset("it them us me back again here there up out off down in on".split())
"""Words that an activity doesn't end with."""

DURATION = (
    r"(?:\b(?:for|about|over|almost|nearly|around|another|up to|at least|more than|well over|"
    r"the (?:last|past|full|whole)|a good|a full)\s+){0,2}"
    r"\b(?:\d[\d.:]*|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|"
    r"thirty|forty|fifty|sixty|several|a few|few|a couple of|half an|the)"
    r"(?:\s?(?:-|to|or|and a half)\s?\w+)?[\s-]+(?:minute|min|hour|hr|day|week|month|night|year|"
    r"second|sec)s?\b"
)
"""How long something took: it differs from customer to customer, so it is left out."""


def _forms() -> dict[str, tuple[str, bool]]:
    """Verb of each form, and whether the form is of the past."""
    found: dict[str, tuple[str, bool]] = {}
    for verb in _REGULAR.split():
        past = _regular_past(verb)
        found |= {verb: (verb, False), past: (verb, True), _ing(verb): (verb, False)}
        if past[-3] == past[-4]:  # travelled, and traveled
            found[past[:-3] + "ed"] = (verb, True)
    for entry in _IRREGULAR.split():
        verb, *pasts = entry.split(":")
        found |= {verb: (verb, False), _ing(verb): (verb, False)}
        found |= {past: (verb, True) for past in pasts}
    return found


_DOUBLED = frozenset("chat drop plug log scan ship shop unplug transfer travel cancel".split())
"""Verbs that double their last letter."""


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ed"


def _ing(verb: str) -> str:
    if verb.endswith("e") and not verb.endswith("ee"):
        return verb[:-1] + "ing"
    doubles = verb in _DOUBLED or verb in {"get", "sit", "set", "swim", "run"}
    return verb + (verb[-1] if doubles else "") + "ing"


FORMS: Mapping[str, tuple[str, bool]] = _forms()
"""The verb of each of its forms, and whether that is of the past."""

HABITS = frozenset("use pay travel order shop work eat".split())
"""Verbs that tell what one does in the present tense, too."""

INTRANSITIVE = frozenset("arrive go come walk wait queue complain sleep sit stand".split())
"""Verbs behind which "the room" begins something else."""

DETERMINERS = frozenset("the a an my our this that these those their his her its".split())

TELEGRAPHIC = frozenset(
    "wait queue call phone email ring contact complain book order buy arrive visit drive try "
    "return pay spend sleep eat walk park check take go come use report request sign".split()
)
"""Verbs that customers begin a sentence with, leaving out the subject."""
