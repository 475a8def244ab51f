"""What must stand around a number for it to be a wait, or a count of contacts.

Tables of patterns, grouped by the form of the number. A `Cue` fits when the text left of the number
ends with `left` and the text right of it begins with `right`; what stands under ``NOT_`` refuses.
Patterns are bounded: at most seven words of a clause are looked at on the left, so that a long text
costs no more than its numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_WORDS = r"(?:\s+[^\s.;:!?()]+)"


@dataclass(frozen=True, slots=True)
class Cue:
    """Patterns of the text on both sides of a number, and whether the customer must be acting."""

    left: re.Pattern[str]
    right: re.Pattern[str]
    is_act: bool = False


def _cue(left: str = "", right: str = "", is_act: bool = False) -> Cue:
    start = rf"(?P<cue>{left})\s*$" if left else "$"
    return Cue(re.compile(start, re.I), re.compile(rf"^{right}", re.I), is_act)


FILLER = re.compile(
    r"(?:(?:\b(?:for|about|around|approximately|roughly|over|under|nearly|almost|at\s+least|more"
    r"\s+than|less\s+than|up\s+to|in\s+excess\s+of|well|just|only|another|a|the|good|full|whole"
    r"|further|some|like|literally|easily|probably|maybe|close\s+to|between|of|additional|extra|an"
    r"|already|now|a\s+total\s+of|total|even|nearer|exactly|something\s+like|anything\s+from|from)"
    r"|approx\.?|[~>+])\s*)+$",
    re.I,
)
"""Words between a cue and its number that change neither."""

# --- waiting ---------------------------------------------------------------------------------

_SERVED = (
    r"(?:served|seated|attended\s+to|acknowledged|seen|answered|greeted|checked\s+in|connected"
    r"|put\s+through|helped|dealt\s+with|fixed|repaired|refunded|resolved|sorted)"
)
_SOMEONE = (
    r"(?:any(?:one|body)|some(?:one|body)|reception|(?:a|an|the|our|my|their)\s+(?:waiter|waitress"
    r"|server|staff|drinks?|food|meals?|order|starters?|mains?|bill|check|room|table|engineer"
    r"|technician|agent|advisor|adviser|nurse|doctor|manager|reply|response|answer|refund|call"
    r"|parcel|operator|human|person|delivery|replacement))"
)
_AWAITED = (
    r"(?:(?:a|an|the|our|my|your|their)\s+)?(?:\w+\s+)?(?:reply|replies|response|answer|refund|call"
    r"\s?back|callback|food|order|orders|drinks?|coffees?|meals?|mains?|starters?|pizzas?|burgers?"
    r"|bill|cheque|room|table|engineer|technician|taxi|cab|lift|elevator|replacement|delivery"
    r"|appointment|desserts?|breakfast|towels?|room\s+service|(?:some|any)(?:one|body))\b"
)
_DONE = (
    r"(?:answer|reply|respond|get\s+back|call\s+(?:me|us)\s+back|call\s+back|pick\s+up|get\s+through"
    r"|get\s+(?:a|an|any|our|my|the|some|hold|served|seated|checked|someone|anyone|food|drinks)\b"
    r"|serve|be\s+served|be\s+seated|be\s+seen|bring|check\s+(?:us\s+|me\s+)?(?:in|out)|fix|repair"
    r"|resolve|sort|send|deliver|refund|process\s+(?:my|our|the)|acknowledge|reach\s+(?:some|any|a"
    r"\s+(?:human|person|live))|be\s+(?:connected|answered|put\s+through)|come\s+(?:out|back|and)"
    r"|turn\s+up|speak\s+to)"
)
_QUEUE = r"(?:queue|queues|queuing|queueing|line|wait|waits|waiting|delay|delays|hold)"

WAITS: tuple[Cue, ...] = (
    _cue(rf"\b(?:waited|waiting){_WORDS}{{0,7}}"),
    _cue(rf"\b(?:(?:had|have|has|having|forced|made|told|asked|left)\s+(?:(?:us|me|him|her|them"
         rf"|everyone|people|you)\s+)?(?:to\s+)?)wait{_WORDS}{{0,6}}"),
    _cue(r"\b(?:(?:the|an?|our|my|your|this|that|long|longer|average|minimum|total|usual|i|we"
         r"|they|people|\w+y|\w+est)\s+wait|wait(?=\s+(?:time|is|was))|waits|delay|delays|queue|queues"
         r"|hold|holdup)(?:\s*times?)?(?:\s+(?:at|in)"
         r"\s+\S+(?:\s+\S+)?)?(?:\s+(?:is|was|were|are|has\s+been))?"),
    _cue(rf"\b(?:waiting|response|hold|turnaround|call)\s+times?{_WORDS}{{0,3}}\s+(?:is|was|were)"),
    _cue(rf"\bon\s+hold{_WORDS}{{0,4}}"),
    _cue(rf"\b(?:queued|queuing|queueing|in\s+(?:a|the)\s+(?:\w+\s+)?queue|(?:stood|standing|wait"
         rf"|stuck)\s+in\s+(?:a\s+|the\s+)?line|in\s+line){_WORDS}{{0,5}}"),
    _cue(r"\b(?:stood|standing|left|stuck)\s+(?:\w+\s+)?(?:at|in|by|outside)\s+(?:the\s+|a\s+)?"
         r"(?:front\s+desk|desk|reception|counter|bar|check-?in|till|checkout|lobby|corridor)"),
    _cue(r"\b(?:kept|left|keep|leave)\s+(?:(?:us|me|him|her|them|everyone|people)\s+)?(?:waiting"
         r"|standing|hanging(?:\s+on)?|hanging\s+around|on\s+hold|on\s+the\s+(?:line|phone))"
         r"(?:\s+(?:there|in\s+line|outside))?"),
    _cue(r"\b(?:stood|standing|stuck)\s+(?:there|here|outside|around)"),
    _cue(r"\bunanswered"),
    _cue(right=r"\s+(?:without|with\s+no)\s+(?:an?\s+|any\s+)?(?:reply|replies|answer|response|word"
         r"|news|update|refund)\b"),
    _cue(right=r"\s+(?:after|since)\s+(?:passing|ordering|applying|complaining|reporting|claiming)\b"),
    _cue(r"\b(?:took|takes|taken)\s+(?:them|you\s+guys)", r"(?!\s+to\b)"),
    _cue(r"\bdoes\s+it\s+take", r"\s+to\b(?!\s+(?:walk|drive|ride|get\s+(?:to|there|here)))"),
    _cue(r"\bdelayed(?:\s+by)?"),
    _cue(rf"\b(?:reply|answer|response|refund){_WORDS}{{0,3}}\s+(?:within|in|after)"),
    _cue(right=r"\s+to\s+(?:a|the|any|their|your)\s+(?:first\s+)?(?:reply|response|answer)\b"),
    _cue(r"\bignored(?:\s+(?:us|me))?"),
    _cue(r"\bno\s+(?:reply|replies|answer|response|word|news|update|contact|sign\s+of\s+\w+)"
         rf"{_WORDS}{{0,5}}"),
    _cue(rf"\b(?:heard|hearing)\s+nothing{_WORDS}{{0,4}}"),
    _cue(rf"\bstill\s+(?:no|not|nothing|waiting|unanswered|haven['’]t|hasn['’]t|without)"
         rf"{_WORDS}{{0,6}}\s+after"),
    _cue(r"\b(?:took|takes|taken|taking)(?:\s+(?:us|me|him|her|them|you|the\s+\w+|reception|staff"
         r"|someone))?", rf"\s+(?:(?:just\s+)?to\s+(?:\w+ly\s+)?{_DONE}|for\s+(?:{_SOMEONE}"
         rf"|them\s+to|him\s+to|her\s+to)|before\s+(?:{_SOMEONE}|we\s+(?:were|got)\s+{_SERVED}))"),
    _cue(r"\b(?:check(?:ing)?[-\s]?(?:in|out)|food|meals?|order|mains?|starters?|drinks?|coffees?"
         r"|bill|cheque|reply|response|answer|refund|delivery|repairs?|claim|replacement|callback"
         r"|installation|activation|room\s+service|service|parcel|package|wire|payment)\s+(?:(?:also|only|still"
         r"|then|always|actually|itself|alone|has|had)\s+)?(?:took|takes|taken)(?:\s+(?:us|me))?"),
    _cue(rf"\b(?:replied|answered|responded|got\s+back\s+to\s+(?:us|me)|(?:called|rang|phoned)\s+"
         rf"(?:us\s+|me\s+)?back|served|seated|fixed|repaired|resolved|sorted|refunded|brought"
         rf"|replaced|connected|mailed|processed|approved|issued|arrived|came|turned\s+up|delivered|checked\s+in|picked\s+up)"
         rf"{_WORDS}{{0,5}}\s+(?:within|in|after|inside|in\s+under|in\s+less\s+than)"),
    _cue(right=rf"[-\s]+(?:long\s+|extra\s+|further\s+)?(?:{_QUEUE}(?!\s+(?:staff|for\s+the\s+"
         r"(?:bus|show)))|on\s+hold|in\s+(?:the|a)\s+(?:\w+\s+)?(?:queue|line)|in\s+line|on\s+the"
         r"\s+(?:phone|line)\b(?!\s+(?:to|with)\s+(?:my|his|her)\b))\b"),
    _cue(right=r"\s+(?:late|behind\s+schedule|overdue)\b"),
    _cue(right=rf"\s+(?:before|until|till)\s+(?:{_SOMEONE}|(?:being|getting)\s+{_SERVED}|(?:we|i)"
         rf"\s+(?:(?:was|were|got|was\s+finally|were\s+finally|finally\s+got|even\s+got)\s+)"
         rf"{_SERVED}|they\s+(?:answered|replied|responded|came|picked\s+up|brought))"),
    _cue(right=rf"\s+for\s+{_AWAITED}"),
    _cue(right=r"\s+(?:later|on|and\s+counting),?\s+(?:(?:and|but)\s+)?(?:(?:(?:i|we|they|it)"
         r"(?:['’](?:m|re|s)|\s+(?:am|are|is))|there(?:['’]s|\s+is))\s+)?still\b"),
    _cue(r"\bafter", right=r",?\s+(?:(?:and|but|we|i)\s+)?(?:(?:i|we)(?:['’](?:m|re|ve)|\s+(?:am"
         r"|are|have))\s+)?still\b"),
    _cue(r"\b(?:spent|wasted|lost|spending)", r"\s+(?:queuing|queueing|waiting|on\s+hold|chasing"
         r"|in\s+(?:the|a)\s+(?:queue|line)|in\s+line|arguing|trying\s+to\s+(?:get\s+through|reach"
         r"|speak|check\s+in|cancel|call|contact|get\s+hold|get\s+help))\b"),
)  # fmt: skip

NOT_WAIT_LEFT = re.compile(
    r"\b(?:every|each|per|open|the\s+last|past|next|first|final|previous|last|aged|room|floor"
    r"|number|any\s+\w+\s+within|lasts?|lasted|extra)\s*$",
    re.I,
)
NOT_WAIT_RIGHT = re.compile(
    r"^(?:[-\s]+(?:drive|drives|walk|walks|walking|ride|flight|trip|journey|hike|stroll|cab|taxi"
    r"|bus|train|boat|ferry|tram|metro|shuttle|commute|transfer|film|movie|show|massage|session"
    r"|treatment|lesson|class|tour|stay|break|holiday|vacation|visit|notice|warranty|battery|old"
    r"|meeting|appointment|layover|stopover|contract|trial|guarantee|window|slot|show)\b"
    r"|\s+(?:away|ago|on\s+foot|early|earlier|in\s+advance|later\s+than\s+planned\s+ourselves)\b"
    r"|\s+(?:by|from)\s+(?:car|train|bus|taxi|foot|the|here|there|town|home|downtown)"
    r"|\s+of\s+(?:travel|travelling|driving|flying|walking|sleep|fun|use|footage|video|battery)"
    r"|\s+(?:a|per|each|every)\s+(?:day|week|month|night|year)\b"
    r"|\s+before\s+(?:our|my|the)\s+(?:flight|train|departure|trip|wedding|event|check|show)"
    r"|\s*/|\s+o['’]?clock)",
    re.I,
)
NOT_WAIT_GAP = re.compile(
    r"\b(?:who|which|that|because|when|while|where|until|till|before|but|and|lives?|lived|arrived"
    r"|years?)\b",
    re.I,
)
"""Words between a cue and its number that begin something else."""

# --- contacts --------------------------------------------------------------------------------

_DO = (
    r"(?:call|ring|phone|email|e-mail|text|message|contact|chase|ask|write|complain|report|remind)"
)
_DID = (
    r"(?:called|calling|rang|ringing|rung|phoned|phoning|telephoned|emailed|e-mailed|emailing"
    r"|texted|messaged|messaging|wrote|written|writing|contacted|contacting|chased|chasing"
    r"|complained|complaining|asked|asking|reminded|reminding|reported|reporting|requested"
    r"|requesting|told|dialled|dialed|begged|queried|followed\s+up|spoke|spoken|tweeted|tagged|escalated)"
)
_TO_DO = rf"(?:to|must|tried|try|{_DID}\s+and|and)\s+{_DO}"
_SENT = (
    r"(?:make|made|making|send|sent|sending|wrote|written|writing|raised|opened|logged|left"
    r"|submitted|filed|my|our|one)"
)
_NOUNS = (
    r"(?:calls?|phonecalls?|emails?|e-mails?|messages?|letters?|reminders?|tickets?|texts|chats?)"
)
_TALKED = (
    r"(?:spoke|spoken|speak|speaking|talked|talk|talking|dealt|deal|passed|transferred|bounced"
    r"|sent|shunted|handed|referred|explain|explained|explaining|through|via)"
)

TIMES: tuple[Cue, ...] = (
    _cue(rf"\b{_DID}{_WORDS}{{0,7}}", is_act=True),
    _cue(rf"\b{_TO_DO}{_WORDS}{{0,7}}", is_act=True),
    _cue(rf"\btried{_WORDS}{{0,2}}", rf"\s+to\s+(?:{_DO}|reach|speak|get\s+(?:through|hold|in\s+"
         r"touch))\b", is_act=True),
    _cue(rf"\btried\s+(?:to\s+)?(?:{_DO}(?:ing)?|reach(?:ing)?|speak(?:ing)?|get(?:ting)?\s+(?:"
         rf"through|hold|in\s+touch)){_WORDS}{{0,5}}", is_act=True),
    _cue(right=rf"\s+(?:now\s+)?(?:i|we)(?:['’]ve|\s+have|\s+had)?(?:\s+to)?\s+(?:{_DID}|{_DO})\b"),
    _cue(r"\b(?:i|we)(?:['’]ve|\s+have|\s+had)?(?:\s+(?:had\s+)?to)?", rf"\s+(?:{_DID}|{_DO})\b"),
    _cue(r"\b(?:went|going|go|gone|been)\s+(?:back\s+|down\s+)+(?:to\s+)?(?:the\s+)?(?:reception"
         r"|front\s+desk|desk|counter|customer\s+services?|help\s?desk|store|shop)", is_act=True),
    _cue(r"\b(?:i|we|been|being|got|get)\s+(?:was\s+|were\s+|have\s+been\s+|been\s+|got\s+)?"
         r"(?:transferred|passed\s+(?:on|around|along)|put\s+through|redirected|bounced"
         rf"|disconnected|cut\s+off){_WORDS}{{0,4}}"),
    _cue(r"\bhung\s+up(?:\s+on)?(?:\s+(?:us|me))?"),
)  # fmt: skip

HOW_MANY: dict[str, tuple[Cue, ...]] = {
    "messages": (
        _cue(r"\b(?:after|despite|took|takes|taken|taking|needed|required|ignored|unanswered)"
             r"(?:\s+(?:us|me|my|our|all))?"),
        _cue(rf"\b{_SENT}(?:\s+(?:them|you|my|our|the|us))?(?:\s+in)?", is_act=True),
        _cue(rf"\b{_NOUNS}(?:\s*(?:,|and|&|plus|,\s*and))?", is_act=True),
        _cue(r"\b(?:sorted|fixed|solved|resolved|done|cancelled|canceled|refunded|put\s+right)"
             rf"{_WORDS}{{0,4}}\s+(?:in|with|after|by)"),
        _cue(right=r"\s+(?:later\b|to\s+(?:reception|support|customer|the\s+(?:front\s+)?desk|you"
             r"|your|them|get|sort|fix|resolve|cancel|reach)\b)", is_act=True),
        _cue(right=r"\s+(?:that\s+)?(?:i|we)(?:['’]ve|\s+have|\s+had)?(?:\s+already)?\s+(?:sent"
             r"|wrote|made|left|written)\b"),
    ),
    "people": (
        _cue(rf"\b{_TALKED}(?:\s+(?:to|with|around|between|from|on|back\s+and\s+forth|about|it|my"
             r"\s+\w+|everything|the\s+(?:problem|issue|story)|myself|among|us|me))*", is_act=True),
        _cue(r"\b(?:took|takes|taken)", r"\s+(?:to\s+(?!move|carry|lift)|and\b|before\b)"),
        _cue(right=r"\s+later\b"),
    ),
}  # fmt: skip

WHICH: dict[str, tuple[Cue, ...]] = {
    "time": (
        _cue(rf"\b(?:{_DID}|{_TO_DO}){_WORDS}{{0,5}}", is_act=True),
        _cue(right=rf"\s+(?:that\s+)?(?:i|we)(?:['’]ve|['’]m|\s+have|\s+had|\s+am|\s+are)?(?:\s+"
             rf"(?:had\s+)?to)?\s+(?:{_DID}|{_DO})\b"),
    ),
    "messages": (
        _cue(r"\b(?:my|our|this\s+is\s+(?:now\s+)?(?:the|my|our)|(?:sent|sending|send|wrote)\s+(?:a"
             r"|the))"),
    ),
    "other": (_cue(r"(?:\b(?:the|a|my|our|this|on|after|another)|^)"),),
}  # fmt: skip

NOT_CONTACT_RIGHT = re.compile(
    r"^(?:\s+(?:a|an|per|each|every)\s+(?:day|week|month|year|night|hour|minute)\b|\s+daily\b"
    r"|\s+the\s+(?:price|size|cost|amount|money|number|length|time|value|space|fun|going)\b"
    r"|\s+(?:as|bigger|better|larger|longer|higher|faster|cheaper|over)\b"
    r"|\s+(?:from|by)\s+(?:them|you|the|him|her|a|his)\b|\s+(?:cent|box|button|cent(?:re|er)s?"
    r"|point|class|party|slot|zone|around|at\s+(?:work|home|the\s+same)|in\s+the\s+(?:queue|line|room|pool|lift))\b"
    r"|\s+a\b)",
    re.I,
)
NOT_CONTACT_GAP = re.compile(
    r"\b(?:who|which|that|because|when|while|where|until|but|and\s+(?!text|call|email|ask)\w+ed"
    r"|stayed|visited|been|ate|won|taxi|cab|uber|police|ambulance|bell|alarm"
    r"|(?:my|his|her|our)\s+(?:mum|mom|mother|wife|husband|friends?|sister|brother|sons?"
    r"|daughter|bank|doctor|kids|family|boss|dad|father|parents))\b",
    re.I,
)
TO_CUSTOMER = re.compile(r"^\s+(?:us|me)\b", re.I)
"""After a verb: what the company does to the customer isn't a contact the customer needs."""

PASSIVE = re.compile(r"\b(?:was|were|be|been|being|are|is|get|got)\s+(?:\w+ly\s+)?$", re.I)
SUBJECT = re.compile(
    r"\b(?P<customer>i|we|me|us|you|(?:my|our)\s+(?:wife|husband|partner|mum|mother|dad|father|son"
    r"|daughter|friend|colleague)|having|had\s+to|have\s+to|must|after|by)\b"
    r"|\b(?P<other>they|he|she|it|who|which|nobody|no\s+one|some(?:one|body)|every(?:one|body)"
    r"|staff|reception|receptionist|hotel|manager|waiters?|waitress|server|company|bank|phone"
    r"|alarm|bell|doorbell|engineer|driver|nurse|sales\w*|team|guests?|owner|host|neighbou?rs?"
    r"|cleaners?|housekeeping|doctor|dr|agents?|courier|rider|guide|internet|power|wi-?fi|line"
    r"|signal|connection|app|website|site|page|form|system|machine|screen|marketing)\b",
    re.I,
)
NEGATED = re.compile(
    r"\b(?:never|not|\w+n['’]t|without|no\s+need|rather(?:\s+than)?|instead(?:\s+of)?|promised?|if|unless|would|could"
    r"|might|expect|expected|prepared|mind|minded|happy|cannot|can['’]?t|don['’]?t)"
    r"(?:\s+(?:have|having|had|to|need|needed|needing|even|ever|really|me|us|i|we|you|been|being|be"
    r"|actually|want|wanted|of|once|they|kept|keep|left|and|not|an|a|the|wait|waiting|\w+ly))*\s*$",
    re.I,
)
