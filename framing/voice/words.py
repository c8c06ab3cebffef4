"""What a word can do in an attribution: one letter for each word the room knows, grammar over them.

The lists are written for this project from the grammar of news English (say-verbs that always
report, verbs that report only before a clause, verbs that report with an object, nouns for
people who speak). A sentence becomes a string of letters, and attributions are regular
expressions over letters, so that no rule ever names a sentence.

=====  =====================================  =====  =========================================
s      say-verb, always reports               d      determiner, quantifier
t      reports before a clause                n      role noun or title (analyst, minister)
o      reports with an object (accuse, urge)  e      report noun that is a verb too (estimate)
g      such a verb in -ing                    N      capitalised word; K company, G other actor
q      quoted                                 M      outlet's name
T      that                                   w      any other word
a, i   according, to                          f, O   preposition, of
p      he, she, they, it; I, we, you (P)      &      and, or
b, B   have and do; be                        c, C   but; while, although, because …
m, x   modal; negation                        R      who, which
r      adverb                                 #      number
=====  =====================================  =====  =========================================
"""

from __future__ import annotations

from framing.pattern import inflections

SAYING = "say tell".split()
CLAIMING = """
add report argue note claim announce predict believe think expect acknowledge admit warn explain insist stress
emphasize emphasise contend maintain assert allege declare disclose reveal confirm
conclude mention observe remark reply respond counter reiterate repeat reckon
concede agree deny complain quip recall testify write
recommend propose assure remind inform advise calculate analyze analyse
speculate theorize posit ask wonder feel
opine lament proclaim affirm attest
""".split()
URGING = """
accuse urge criticize criticise blame praise describe call condemn denounce blast slam threaten demand
attack voice express raise reject dismiss defend liken decry applaud hail tout deride mock rebuke chide
characterize characterise label brand cite lambast
""".split()
EVIDENCE = "show suggest indicate demonstrate imply find highlight underscore".split()
"""What a document does; of a firm or a product the same verbs report nothing (*it shows how …*)."""
_NOUN_OR_VERB = """
report claim estimate forecast note hope fear worry doubt promise pledge vow boast joke tweet
post charge comment signal guess hint detail question caution
""".split()
_ROLES = """
research polls polling figures analysis findings
analyst analysts spokesman spokeswoman spokesperson spokespeople spokesmen company firm firms companies
official officials expert experts executive executives researcher researchers scientist scientists
economist economists investor investors critic critics source sources people person lawyer lawyers
attorney attorneys professor professors author authors engineer engineers employee employees worker
workers regulator regulators lawmaker lawmakers minister ministers president chairman chairwoman
chairperson chair chief ceo cfo cto coo founder founders co-founder cofounder co-ceo director directors
manager managers head secretary senator senators congressman congresswoman representative
representatives chancellor governor mayor ambassador diplomat diplomats judge prosecutor prosecutors
authorities government ministry agency department commission committee group organization organisation
institute university team study survey paper poll indictment complaint lawsuit filing statement memo
letter document documents data consultant consultants strategist strategists partner adviser advisor
advisers advisors aide aides campaign candidate leader leaders member members user users customer
customers developer developers startup start-up chipmaker carmaker automaker maker retailer supplier
giant giants others some many both observers watchers insiders insider advocates advocate activist
activists boss vice deputy senior general managing counsel fellow scholar historian reporter journalist
columnist editor blogger commentator pollster supporter supporters opponent opponents voter voters
police commissioner administrator coordinator principal superintendent teacher student students parent
parents doctor physician captain officer co-author coauthor resident residents administration nominee
republican republicans democrat democrats conservatives liberals watchdog charity union court ruling
mr mrs ms dr prof sen sens rep reps gov gen col lt sgt sir lady lord rev hon premier prime foreign
newspaper magazine website outlet outlets media press news agency broadcaster article story blog
""".split()
_DETERMINERS = """
the a an this these those his her its their our my your no any every each several most few all other
another two three four five six seven eight nine ten one former current such numerous various
multiple dozens hundreds thousands more
""".split()
_PREPOSITIONS = """
in on at from with for by into over under between among during about against through within without
toward towards near inside outside across via per amid around behind beyond including like upon
""".split()
_ADVERBS = """
also then later recently often still now once again already previously earlier yesterday today tomorrow
repeatedly long ever always just even however therefore meanwhile thus too there further soon
instead separately additionally moreover nevertheless nonetheless furthermore similarly finally today tonight
out week weeks month months year morning night evening afternoon weekend ago last late early
monday tuesday wednesday thursday friday saturday sunday
""".split()
_PRONOUNS = """
he she they it he's she's it's they're he'd she'd they'd it'd he'll she'll it'll they'll they've
""".split()
_LISTS = {
    "d": _DETERMINERS,
    "f": _PREPOSITIONS,
    "r": _ADVERBS,
    "n": _ROLES,
    "O": ["of"],
    "&": ["and", "or", "&", "plus"],
    "T": ["that"],
    "a": ["according"],
    "i": ["to"],
    "p": _PRONOUNS,
    "P": "i we you me us".split(),
    "b": "has had have having did do does".split(),
    "B": "was were is are be been being am".split(),
    "m": "will would could should may might can must shall".split(),
    "x": """not never cannot didn't doesn't don't wouldn't couldn't won't can't isn't wasn't haven't hasn't
        hadn't declined refused nor neither nobody""".split(),
    "c": ["but", "yet"],
    "C": """while although though because if when as since after before until unless whether than whereas
        despite so where how why what once""".split(),
    "R": "who which whom whose".split(),
    ",": [","],
    ";": [";"],
    ":": [":"],
    "-": ["—", "–", "--", "-", "―"],
    "(": ["(", "["],
    ")": [")", "]"],
    ".": [".", "!", "?", "…", "...", "|"],
    '"': ['"', "“", "”", "„", "«", "»"],
    "'": ["'s", "'"],
}
COMPANY_WORDS = frozenset(
    """company firm group startup start-up chipmaker carmaker automaker maker retailer supplier giant
    manufacturer conglomerate""".split()
)
"""*the company*, *the Chinese chipmaker*: stands for the firm last named."""
ORGANISATION_WORDS = frozenset(
    """inc corp co ltd llc plc group holdings university institute department ministry association bank
    commission committee council agency bureau office center centre foundation party court congress senate
    house pentagon government union federation federal fund securities capital research technologies
    technology systems labs laboratory college school administration times post journal news press
    white kremlin beijing washington china states kingdom union intelligence partners""".split()
)
"""A name with one of these is no person."""
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof sen sens rep reps gov gen col lt sgt st jr sr inc corp co ltd bros rev hon".split()
)
NEWSPAPER_WORDS = frozenset(
    """report reports newspaper article story investigation website agency news magazine broadcaster outlet
    review site daily survey analysis editorial column reporter reporting""".split()
)
"""Nouns that leave an outlet the source: *a Reuters report*."""
DOCUMENTS = frozenset(
    """report reports study studies survey surveys research poll polls newspaper newspapers article magazine
    website outlet outlets media""".split()
)
"""A published document or a newspaper without its name speaks as a medium: *a new survey found*."""
OUTLET_VERBS = frozenset({"reported", "reports", "wrote", "writes"})
PAPERS = DOCUMENTS | frozenset(
    """paper papers data figures documents document filing indictment letter analysis statement memo lawsuit
    complaint evidence results findings records statistics review numbers research polling""".split()
)
"""What may show or suggest something."""
DEMONYMS = frozenset("us u.s. uk u.k. eu e.u. american mexican german french dutch greek swiss thai".split())
"""Nationalities that their endings do not show."""
NO_SPEAKER = frozenset("former ex- onetime then ousted late".split())
"""Words that end an affiliation: *a former Acme engineer*."""


OPINION = """
believe think expect argue insist contend warn predict estimate reckon worry fear wonder feel forecast
""".split()
"""What needs no *that*: *analysts expect sales to rise*."""
CALLING = frozenset("call calls called voice voices voiced express expresses expressed raise raises raised".split())
"""Reports with what is named in ``CALLED``: *called for a ban*, *voiced concerns*."""
CALLED = frozenset(
    "for on upon concern concerns doubt doubts fear fears hope hopes confidence scepticism skepticism".split()
)
REPORTING_OBJECT = "accuse urge describe".split()
"""Reports whatever follows: *accused Acme of …*; other verbs with an object only before a quotation."""


def forms(verbs: list[str]) -> frozenset[str]:
    """All inflections of the verbs."""
    return frozenset(form for verb in verbs for form in inflections(verb))


def _known() -> dict[str, str]:
    letters: dict[str, str] = {}
    for letter, verbs in (("o", URGING), ("t", [*CLAIMING, *EVIDENCE, *_NOUN_OR_VERB]), ("s", SAYING)):
        for verb in verbs:
            for form in inflections(verb):
                letters[form] = "g" if form.endswith("ing") else letter
    letters |= {form: "e" for word in _NOUN_OR_VERB for form in (word, f"{word}s", f"{word[:-1]}ies")}
    letters |= {
        "wrote": "t",
        "written": "w",
        "found": "t",
        "shown": "w",
        "thought": "t",
        "told": "s",
        "pointed": "t",
        "states": "e",
        "stated": "t",
    }
    for letter, words in _LISTS.items():
        letters |= dict.fromkeys(words, letter)
    return letters


KNOWN = _known()
"""Word in lower case → its letter."""


CAPITALISED_NAMES = frozenset({"May", "Will", "US", "IT", "AM", "Mark", "Chase", "Cook", "Post", "States"})
"""With a capital letter these are names wherever they stand (*Theresa May*, *the US*)."""
