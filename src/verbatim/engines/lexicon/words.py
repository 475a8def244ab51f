"""The function words that the rules turn on. Lower case, tokenised as spaCy does (did + n't)."""

from __future__ import annotations

NEGATORS = frozenset(
    """not n't no never nobody nothing none neither nor without hardly barely scarcely rarely
    seldom cannot cant dont didnt doesnt isnt wasnt wont wouldnt couldnt arent werent havent hasnt
    zero ain't lacks lacked lacking lack nowhere n`t""".split()
)
"""Turn the sign of what follows them."""

NOUN_NEGATORS = frozenset("no without zero lack lacks lacked lacking".split())
"""Negate the noun phrase that follows and reach no further."""

NOT_NEGATING = frozenset(
    {("not", "only"), ("not", "just"), ("no", "doubt"), ("not", "to"), ("no", "wonder")}
)
"""Pairs that open with a negator and negate nothing."""

COMPARATIVES = frozenset(
    """better nicer happier friendlier easier cleaner faster quicker smoother simpler kinder warmer
    more improved fresher closer cheaper bigger larger quieter safer clearer higher lower""".split()
)
"""After `could n't be` they praise; after `could be` they are a wish."""

WORSE = frozenset("worse ruder slower dirtier poorer less".split())
"""Comparatives that blame: `could n't be worse`."""
DEGREES_OF_ALL = frozenset({"so", "such"})
"""Behind a `never` they compare with all that was ever found: `never been so disappointed`."""

CONTRAST = frozenset("but however yet except although though tho despite whereas while".split())
CONCESSION = frozenset("although though tho despite while whereas".split())
"""Contrast words whose own clause weighs less, not the clause before them."""

SEPARATORS = frozenset(
    """, ; : ( ) [ ] - – — / | . ! ? … .. ... & + and or nor but however yet except although though
    tho despite whereas while because since which who with plus so then when if unless until after
    before as than especially particularly including \n • *""".split()
)
"""Tokens at which a sentence falls into chunks."""

DEGREES = frozenset({"so", "as"})
"""Separators that, behind a word of `BEFORE_DEGREE`, tell how much and separate nothing."""

HARD = frozenset("; . ! ? … .. ... | • \n".split())
"""Separators over which a predicate does not look for its subject."""

COORDINATORS = frozenset(", and & or nor / + plus especially particularly including".split())
"""Separators between the members of a list."""

IRREALIS = frozenset("if unless whether".split())
"""Open a clause that did not happen."""

EXPECTATIONS = frozenset(
    """expected expecting expect hoped hoping thought believed assumed imagined heard
    promised claimed advertised supposed wanted""".split()
)
"""Open a clause that tells what was expected or said, not what was found."""

ADVERSE_EXPECTATIONS = frozenset("supposed promised claimed advertised".split())
"""Expectations that, left standing, say that the opposite was found."""

BE = frozenset(
    "is was were are be been being am 's 're 'm isnt wasnt ain't seems seemed looks looked feels felt".split()
)
BEFORE_DEGREE = NEGATORS | BE | frozenset("quite nearly really always ever all both just".split())
SUBJECTS = frozenset(
    "it they we i he she this that these those you everything all there what which who".split()
)
PLAIN = BE | frozenset(
    """it this that everything all i we you have has had been did do will would
    a an the very really so just and . ! ? , :) time us me our my""".split()
)
"""Words that name nothing: beside a judging word alone they leave open what is judged."""
PERSONS = frozenset({"he", "she"})
QUALITIES = frozenset(
    """lovely great good excellent nice wonderful fantastic amazing awesome brilliant superb fabulous
    perfect outstanding incredible terrible awful horrible dreadful bad useless hopeless appalling
    disgraceful terrific sweet""".split()
)
"""Judge a person; a feeling word beside them (`she was happy`) tells of a customer."""
DETERMINERS = frozenset(
    "the a an this that these those my our your his her their its every any some".split()
)
VERB_NOUNS = frozenset(
    """book charge charged claim cost cover finish look pay place rate rent repair seat shop show store
    tap view watch""".split()
)
"""Words that name what is judged, but not where they are verbs: `had to charge my phone`."""
BEFORE_VERB = frozenset(
    """to n't not even could can will would did do does ca must should might i we they you he she
    who""".split()
)
PREPOSITIONS = frozenset(
    "of in at from on for near inside by to into around within about throughout".split()
)

MODALS = frozenset("could should would might can must ought".split())
WISHES = frozenset(
    "wish wished hope needs need needed requires required lacks wanted improve improved".split()
)
NOT_WISHING = frozenset(
    "you we i they all everything whatever anything if when no not n't what anyone every".split()
)
"""Before `need`: the need is a visitor's and met, not the company's lack."""

NEGATIVE_ONLY_WHEN_NEGATED: dict[str, float] = {
    word: 1.3
    for word in """work works worked working function open opens opened close closes flush respond
    responds responded reply replied answer answered call called return returned listen
    listened arrive arrived fit fits fitted receive received explain explained apologise apologised
    apologize apologized refund refunded offer offered provide provided allow allowed accept
    accepted clean cleaned understand understood last lasted match matched load loads loaded connect
    connects connected start starts sync syncs charge charges charged turn
    show showed help helps helped bother bothered exist exists sleep slept come came tell told
    available hold holds stay stays
    enough include includes included worth find get""".split()
}
"""Verbs of something happening as it should: they say nothing, but their negation does."""

HARMLESS_TO_LACK = frozenset(
    """queue queues line lines wait waits waiting fee fees charge charges deposit deposits delay
    delays noise smell smells traffic surcharge surcharges cost costs paperwork crowd crowds hassle
    problem problems issue issues complaint complaints commitment obligation pressure fuss cost
    hidden extra additional""".split()
)
"""Targets whose absence is welcome: `no queue`, `no hidden fees`."""

NUMBER_WORDS = frozenset(
    """one two three four five six seven eight nine ten fifteen twenty thirty forty fifty sixty ninety
    hundred several couple few many half""".split()
)
TIME_UNITS = frozenset(
    "minute minutes min mins hour hours hr hrs day days week weeks month months year years".split()
)
LONG_UNITS = frozenset("hour hours hr hrs day days week weeks month months year years".split())
WAITING_WORDS = frozenset(
    """wait waited waiting waits queue queued queuing queueing hold late delayed delay delays line
    took takes taken before reply respond response until still""".split()
)
DISTANCE_WORDS = frozenset("walk walking drive away stroll ride foot".split())
QUICK_WORDS = frozenset("within only just under less".split())

NOT_AFTER_TOO = frozenset(", . ! ? ; : ) and but".split())
"""`too` before these means `also`."""

ANSWERS = {
    "yes": 1.0,
    "yep": 1.0,
    "yeah": 1.0,
    "absolutely": 1.0,
    "definitely": 1.0,
    "sure": 1.0,
    "very": 1.0,
    "totally": 1.0,
    "do": 1.0,
    "did": 1.0,
    "was": 1.0,
    "is": 1.0,
    "no": -1.0,
    "nope": -1.0,
    "never": -1.0,
    "not": -1.0,
    "nah": -1.0,
    "none": -1.0,
    "n't": -1.0,
    "far": -1.0,
    "hardly": -1.0,
    "wish": -1.0,
}
"""Words of an answer to one's own question, and what they do to its sign; "no" outdoes "yes"."""

ANSWERED_NO = frozenset("no nope none nothing nil never not really at all".split())
"""All that may stand behind a label that is denied: `Quiet: no`, `Complaints: none`."""

FEARS = frozenset("worried afraid feared concerned nervous scared".split())

FACTS = frozenset({"absence", "distance", "duration", "quick"})
"""Kinds of cue that are bare facts: no booster or negation changes what they say."""

OPINION_VERBS = frozenset("say think believe call describe consider guess suppose claim".split())
"""After `don't` they carry the negation on: `I wouldn't say, all told, that it is good`."""

OTHERS = frozenset(
    "people others parents friends reviewers someone somebody reviews folks guests".split()
)
SAYING = frozenset(
    "think thinks thought say says said claim claimed believe believes love loves".split()
)
"""`others say`: what somebody else thinks."""

DENIALS = frozenset(
    "it they this that he she we i was were is are am did does do has have be really so 's".split()
)
"""All that a clause may hold, a negation apart, that only denies the clause before: `but it wasn't`."""

NOW = frozenset("now currently today nowadays anymore".split())
ASKING = frozenset("is are was were do does did can could will would has have any anyone".split())

BOOSTERS: dict[str, float] = {
    "way": 0.293,
    "super": 0.293,
    "far": 0.293,
    "much": 0.293,
    "ultra": 0.293,
    "dead": 0.293,
    "proper": 0.293,
    "bloody": 0.293,
    "seriously": 0.293,
    "genuinely": 0.293,
    "beyond": 0.293,
    "bit": -0.293,
    "little": -0.293,
    "rather": -0.1,
    "pretty": 0.0,
    "quite": 0.1,
    "somewhat": -0.293,
}
"""Added to VADER's; on VADER's scale."""
