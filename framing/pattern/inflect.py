"""Inflections of an English word, so that a rule names a family and not a list."""

from __future__ import annotations

_IRREGULAR_ROWS = """
arise arises arose arisen arising
beat beats beaten beating
become becomes became becoming
bear bears bore borne bearing
begin begins began begun beginning
bet bets betting
bind binds bound binding
bite bites bit bitten biting
bleed bleeds bled bleeding
blow blows blew blown blowing
break breaks broke broken breaking
bring brings brought bringing
build builds built building
burn burns burned burnt burning
burst bursts bursting
buy buys bought buying
catch catches caught catching
choose chooses chose chosen choosing
cling clings clung clinging
come comes came coming
cost costs costing
crisis crises
cut cuts cutting
deal deals dealt dealing
dig digs dug digging
draw draws drew drawn drawing
drive drives drove driven driving
eat eats ate eaten eating
fall falls fell fallen falling
feel feels felt feeling
fight fights fought fighting
find finds found finding
fly flies flew flown flying
forbid forbids forbade forbidden forbidding
forgo forgoes forwent forgone forgoing
freeze freezes froze frozen freezing
get gets got gotten getting
give gives gave given giving
go goes went gone going
grow grows grew grown growing
have has had having
hit hits hitting
hold holds held holding
hurt hurts hurting
keep keeps kept keeping
know knows knew known knowing
lead leads led leading
leap leaps leaped leapt leaping
leave leaves left leaving
lend lends lent lending
let lets letting
lose loses lost losing
make makes made making
man men
meet meets met meeting
overcome overcomes overcame overcoming
overtake overtakes overtook overtaken overtaking
pay pays paid paying
put puts putting
quit quits quitting
reset resets resetting
ride rides rode ridden riding
rise rises rose risen rising
run runs ran running
say says said saying
see sees saw seen seeing
seek seeks sought seeking
sell sells sold selling
send sends sent sending
set sets setting
shake shakes shook shaken shaking
shed sheds shedding
shine shines shone shining
shrink shrinks shrank shrunk shrinking
shut shuts shutting
sink sinks sank sunk sinking
slide slides slid sliding
spend spends spent spending
spin spins spun spinning
split splits splitting
spread spreads spreading
spring springs sprang sprung springing
stand stands stood standing
steal steals stole stolen stealing
stick sticks stuck sticking
strike strikes struck striking
strive strives strove striven striving
swing swings swung swinging
take takes took taken taking
tear tears tore torn tearing
tell tells told telling
think thinks thought thinking
throw throws threw thrown throwing
undercut undercuts undercutting
undergo undergoes underwent undergone undergoing
undertake undertakes undertook undertaken undertaking
upset upsets upsetting
wear wears wore worn wearing
win wins won winning
withdraw withdraws withdrew withdrawn withdrawing
withhold withholds withheld withholding
withstand withstands withstood withstanding
woman women
write writes wrote written writing
""".strip().split("\n")

_IRREGULAR = {row.split()[0]: tuple(row.split()) for row in _IRREGULAR_ROWS}
_VOWELS = "aeiou"
_DOUBLING = frozenset(
    "ban bar beg blot bog chop clap commit control cram crop dim dip drag drip drop equip expel fit flag flip "
    "flop grab grip hop hum incur jam jog knit knot lag lap log map mob nab nag occur omit pad permit plan plot "
    "plug pop prefer prod propel quit ram rebel rebut recur refer regret rip rob rot rub scan scrap scrub ship "
    "shop shrug sin skid skip slam slap slip slot snag snap snub spot spur star stem step stir stop strip "
    "stun submit swap tap thin tip top transfer trap trim trip unplug wrap zap".split()
)
"""Verbs that double their last consonant; spelling alone does not tell (*visit*, *target* do not)."""
_SIBILANT = ("s", "x", "z", "ch", "sh")


def _stem_ing(word: str) -> str:
    if word in _DOUBLING:
        return word + word[-1]
    if word.endswith("ie"):
        return word[:-2] + "y"
    if word.endswith("e") and not word.endswith(("ee", "oe", "ye")):
        return word[:-1]
    return word


def _with_s(word: str) -> str:
    if word.endswith(_SIBILANT):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _with_ed(word: str) -> str:
    if word in _DOUBLING:
        return word + word[-1] + "ed"
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ied"
    return word + "ed"


def inflections(word: str) -> tuple[str, ...]:
    """``word`` and its -s, -ed and -ing forms (irregular verbs by a table), each once.

    Nouns get verb forms too: a form that does not exist matches nothing. A hyphenated word
    inflects its last part (``spin-off+``: spin-offs).
    """
    head, hyphen, last = word.rpartition("-")
    forms = _IRREGULAR[last] if last in _IRREGULAR else (last, _with_s(last), _with_ed(last), _stem_ing(last) + "ing")
    return tuple(dict.fromkeys(head + hyphen + form for form in (last, *forms)))
