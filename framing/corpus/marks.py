"""Marks by which a line shows, all by itself, that it is no body text: credits, bylines, prompts.

The phrases are those of news pages in general. Each rule looks at short lines only: a paragraph of
more than ``LONGEST`` characters is body, whatever words it holds.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from framing.corpus.screen import Screen, loose

LONGEST = 600
"""Characters of the longest line that can be a credit, a byline or a prompt (agency captions are long)."""


def _any(*patterns: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), flags)


# --- captions and credits -------------------------------------------------------------------------

_AGENCIES = (
    "AP|Associated Press|AFP|Reuters|REUTERS|Getty(?: Images)?|GETTY(?: IMAGES)?|EPA(?:-EFE)?|Bloomberg",
    "PA(?: Wire| Images)?|Xinhua|Kyodo|Yonhap|VCG|Anadolu(?: Agency)?|NurPhoto|Zuma(?: Press)?|Sipa(?: USA)?",
    "Shutterstock|iStock(?:photo)?|Adobe Stock|Depositphotos|Unsplash|Pixabay|Pexels|Flickr|Alamy",
    "LightRocket|Corbis|Rex Features|Wikimedia(?: Commons)?|YouTube|Handout|Screenshot",
)
_AGENCY = f"(?:{'|'.join(_AGENCIES)})"
_PICTURE = (
    "(?:photo illustrations?|photo(?:graph)?s?|images?|pictures?|illustrations?|graphics?|composite"
    "|screenshots?|screengrab)"
)
_NAME = r"[A-ZÀ-Þ][\w.'’-]*"

_CAPTION = _any(
    rf"(?i:\W?{_PICTURE}"
    r"(?: credits?| courtesy(?: of)?| copyright| source| caption| via| by| from)?\s?[:|/©])",
    rf"(?i:{_PICTURE} (?:credit|courtesy of|copyright|source|caption)\b|{_PICTURE} by(?-i: [A-Z]))",
    r"(?i:(?:media|video|file|photo|image|ap|afp|reuters|getty) (?:caption|photo|images?)\b ?(?:[:/,|(]|$))",
    r"(?i:(?:photo |image |video )?credits?(?: and copyright)?\s?:)",
    r"(?i:(?:enlarge|view|hide|toggle|show) (?:this |the |full |image )*(?:image|caption|gallery|photo)\b)",
    r"(?i:(?:in )?this (?:combination of )?(?:undated |handout |[\w., ]{0,30}\d{4},? )?(?:file )?"
    rf"{_PICTURE}\b.{{0,60}}\b(?:shows?|released|provided|made available|taken)\b)",
    r"FILE\b ?(?:PHOTO\b|IMAGE\b|[-–—:])",
    r"(?i:file (?:photo|image|picture)\b(?! (?:shar|edit|format|siz)))",
    rf"\(?{_AGENCY}(?: (?:Photo|Images?|News|Archive))?(?:\s?[/|]\s?[^.!?]{{2,60}})?\)?$",
    # James Doe/Example
    rf"(?:{_NAME} ){{1,3}}{_NAME} ?/ ?{_NAME}(?: {_NAME}){{0,2}}$",
)
_CREDIT_AT_END = _any(
    rf"\([^()]{{0,120}}(?i:\b{_PICTURE}(?: credits?| courtesy| provided)?(?: by|\s?:|/| of| from| via))"
    r"[^()]{0,120}\)(?: More)?$",
    rf"\([^()]{{2,100}}(?:/|, |via |by ){_AGENCY}(?: (?:Photo|Images?|File))*\)\.?$",
    rf"(?:/|\bvia |\| |© ?){_AGENCY}(?: (?:Photo|Images?|News|File))*\)?$",
    rf"\((?i:{_PICTURE} by )[^.]{{2,200}}\)$",
    r"(?:^|[.!?”\" ])(?i:photo|photograph|image|picture|illustration)s?: ?[^.:!?]{2,60}$",
    r"\bCredit(?:\.\.\.|…) ?[^.:!?]{2,60}$",
    r"(?i:\b(?:file photo|file image|getty images file|stock image|via getty images))\)?\.?$",
)
_END = 260
"""Characters at the end of a line in which a credit is looked for."""

# --- bylines and dates ----------------------------------------------------------------------------

_BYLINE = _any(
    # One way to read each space, or a long sentence after "By" takes seconds to be refused.
    rf"(?:(?:(?:Written|Reported|Posted|Edited|Words|Story|Text|Report|Analysis) )?[Bb]y|BY)(?:: ?| ){_NAME}"
    r"(?:,? [\w.'’@|/&-]+){0,20}(?<!\.)$",
    r"\(?\s?(?i:(?:additional |with )?(?:reporting|writing|editing|compiled|produced|translated)"
    r"(?: and (?:writing|editing|reporting))?(?: in [\w ,]{2,40})? by )",
    rf"(?:{_NAME} ){{1,4}}(?:{_NAME},? )?"
    r"(?i:contributor|staff|staff writer|correspondent|reporter|columnist|editor)$",
    r"(?i:(?:contributor|staff writer|(?:opinion )?columnist|correspondent|forbes staff)$)",
    rf"(?:{_NAME},? ){{2,4}}(?i:contributor|staff writer|correspondent|columnist)$",
    r"(?i:(?:first |originally |last )?(?:published|updated|posted|modified)(?: on| at|:)? .{0,10}\d)",
    r"(?i:source|from|via) ?: ?[^.!?]{2,60}$",
    r"(?i:\d{1,2} ?(?:min(?:ute)?s? (?:read|ago)|hours? ago|days? ago)\b)",
)
_CONTRIBUTED = re.compile(r"(?i)\bcontributed (?:to this (?:report|story|article)|reporting|writing)\b")
# Every word that a line of nothing but dates and times may hold.
_CALENDAR = frozenset(
    """january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr
    |jun|jul|aug|sep|sept|oct|nov|dec|monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|tues
    |wed|thu|thur|thurs|fri|sat|sun|am|pm|a|m|p|et|est|edt|ct|cst|cdt|mt|mst|pt|pst|pdt|gmt|bst|utc|cet|at|on
    |published|updated|posted|last|modified|first|st|nd|rd|th""".replace("\n    ", "").split("|")
)
_DATE_WORD = re.compile(r"[^\W\d_]+")

# --- related stories ------------------------------------------------------------------------------

_RELATED = _any(
    r"(?:also |must )?(?:related|recommended|suggested)(?: stor(?:y|ies)| articles?| coverage| content"
    r"| links?| topics?| reading| posts?| news| videos?| for you)?\s?(?::|$)",
    r"read (?:more|next|also|this next|on)\s?(?::|$|[-–—|»>])",
    r"(?:see|read|also) (?:also|on|read)\b.{0,30}:",
    r"read more (?:about|on|from|at|in)\b",
    r"\(?\s?also on [\w ]{2,30}:",
    r"more (?:on|from|in|about) [^.!?]{2,50}:?$",
    r"more(?: stories| news| coverage| headlines)?\s?:",
    r"don['’]t miss\s?[:!]",
    r"you (?:may|might) (?:also )?(?:like|be interested)",
    r"(?:most|popular) (?:read|popular|viewed|shared|discussed)\b.{0,30}$",
    r"(?:trending|popular)(?: now| stories)?\s?(?::|$)",
    r"editors?['’]?s?['’]? (?:picks|choice)",
    r"(?:top|latest) (?:stories|news|headlines)\s?(?::|$)",
    r"what to read next",
    r"\[?(?:in pictures|watch|watch now|watch this|read|listen|video|explainer|opinion|analysis) ?[:|]\s?\w",
    r"now playing\b",
    r"[└▶►»]|>>",
    flags=re.IGNORECASE,
)
_READ_MORE_END = re.compile(r"(?i)\b(?:read more|see more|learn more)\W*$")

# --- prompts, menus and notices -------------------------------------------------------------------

_MENU = frozenset(
    """ad|ads|advert|advertisement|advertising|article continues below|back to top|bookmark|breaking news
    |cancel|close|comment|comments|content is not available|continue|continue reading
    |continue reading the main story|copy link|email|e-mail|facebook|facebook twitter|flipboard|follow
    |follow us|get started|google+|hide caption|home|instagram|latest|leave a comment|like|linkedin
    |linked in|listen|listen now|load more|loading|log in|login|mail|manage newsletters|menu|messenger
    |more|mute|newsletter|newsletters|next|next article|open in app|paid content|pause|pinterest|play
    |play video|previous|previous article|print|promoted|reddit|register|replay|reprints|rss|save
    |save article|search|section title|see all|see more|settings|share|share article|share full article
    |share on facebook|share on twitter|share this|share this article|share this story|show caption
    |show comments|show more|sign in|sign up|skip|skip ad|skip advertisement|skip to content
    |skip to main content|sponsored|sponsored content|story continues|story continues below
    |story continues below advertisement|story continued below|story highlights|subscribe|subscribe now
    |subscribe today|supported by|telegram|text size|thank you|toggle caption|toggle menu|transcript
    |try again|tweet|twitter|unmute|video|view comments|view gallery|view more|watch|watch live
    |watch now|whatsapp|x|youtube|your ad here|your email address""".replace("\n    ", "").split("|")
)
_PROMPT = _any(
    # advertisements and the page itself
    r"advertisement\b(?! (?:for|in|on|that|by|said|was|is|has|revenue)\b)|skip advert",
    r"(?:story|article) continue[sd]|continue reading\b|scroll (?:down )?(?:to|for)\b|read or share\b",
    r"(?:click|tap|go) here\b|(?:small |large )?font size",
    r"your (?:browser|device|email) (?:does|is|address)\b",
    r"please (?:enable|disable|turn on|sign|log|subscribe|try again)",
    r"(?:we|this (?:site|website)) uses? cookies|log in to|already a (?:subscriber|member)",
    r"watch (?:the )?(?:live|video|below|above|latest video)\b",
    r"listen to (?:this|the) (?:article|story|podcast)|\w+ news flash\b",
    r"(?:tags?|topics?|keywords|filed (?:under|in)|posted in|categor(?:y|ies))\s?:",
    r"\d[\d,.]*k? ?(?:shares?|comments?|views?|likes?|retweets?|replies)\b",
    # newsletters, subscriptions, social media
    r"sign ?up (?:for|to|now|here|today|free)\b|subscribe (?:to|now|here|today|for)\b|newsletter sign up",
    r"support (?:our|independent|quality|\w+['’]s(?: \w+)?) journalism",
    r"become a (?:member|subscriber|supporter|patron)\b",
    r"(?:download|get) (?:our|the) [\w ]{0,30}\bapp\b",
    r"get (?:the|our|your|more|breaking|full) [\w’' ]{0,40}(?:newsletter|inbox|updates|briefing|alerts)\b",
    r"get (?:unlimited|full) [\w’' ]{0,20}access\b",
    r"follow (?:us|me|him|her|them|@|more)\b|like us on|share (?:this|on|via|with)\b[^.]{0,40}$",
    r"join (?:us|our|the) (?:on|conversation|discussion|newsletter|mailing|telegram|whatsapp)\b",
    r"by (?:signing up|clicking|subscribing|submitting|registering|entering)\b.{0,60}\byou\b",
    r"for (?:more|all the latest|the latest) [\w ,’']{0,40}(?:follow|visit|subscribe|click|sign up|go to)\b",
    r"thank(?:s| you) for (?:reading|subscribing|signing|registering|watching)\b",
    # legal and editorial notices
    r"copyright\b ?(?:©|\(c\)|\d|by|notice)|©|\(c\) ?\d{4}|all rights reserved",
    r"(?:terms of (?:use|service)|privacy (?:policy|notice)|cookie policy|contact us|about us)\b[^.]{0,60}$",
    r"this (?:article|story|post|piece|report|column|interview|content|material|video|essay)(?: \w+){0,2} "
    r"(?:originally|first|was (?:first|originally|updated|amended|produced|reprinted|corrected|edited)"
    r"|may not be|has been (?:updated|corrected|amended|edited|republished)"
    r"|is (?:more than|over|from|part of|republished|sponsored))\b",
    r"(?:correction|clarification|disclosure|disclaimer|full disclosure|editor['’]?s?['’]?s? note"
    r"|note to readers)\b[^.]{0,50}[:—–-]",
    r"updates?,? [^.]{0,40}: adds? ",
    r"(?:the )?(?:views|opinions) (?:expressed|are)\b",
    r"all (?:products|prices) [\w ]{0,30}(?:selected|independently)",
    r"(?:at the time of|as of) (?:publication|publishing|this writing|writing),? [\w .’']{0,60}"
    r"(?:position|held|hold|own|shares)",
    # letters to the newsroom
    r"(?:have|got) (?:a|any|something) [\w ]{0,20}(?:tips?|story|question|comment|feedback|news)\b.{0,40}\?",
    r"send (?:us |your |news )?(?:tips|an email|e-?mail|feedback|comments)\b|write to \S.{0,80}\S@\S",
    r"(?:contact|e-?mail|reach|write to) (?:the |our |this )?(?:author|reporter|writer|editor|newsroom|us)\b",
    flags=re.IGNORECASE,
)
_INSIDE = _any(
    r"\ball rights reserved\b|©\s?\d{4}|\bcopyright \d{4}\b",
    r"\b(?:may not|cannot) be (?:published|reproduced|republished|redistributed)\b",
    r"\b(?:sign up|subscribe) (?:for|to) (?:our|my|the|your) [\w’' ]{0,40}"
    r"(?:newsletter|briefing|channel|podcast|alerts?|updates)\b",
    r"\b(?:our|free|daily|weekly) newsletters?\b.{0,60}\b(?:sign|subscribe|inbox|here)\b",
    r"\b(?:to|in) your inbox\b|\bclick here (?:to|for)\b|\bwe want to hear from you\b",
    r"\bfollow [\w.’'@ -]{1,50} on "
    r"(?:twitter|facebook|instagram|linkedin|x|threads|tiktok|youtube|google\+|mastodon|bluesky)\b",
    r"\bon twitter:? ?(?:at )?\(?@\w",
    r"\b(?:earn|receive) (?:an? )?(?:affiliate )?commission|\baffiliate (?:commission|link|partner)s?\b",
    r"\bdo(?:es)? not (?:necessarily )?(?:reflect|represent) (?:the )?(?:\w+ )?"
    r"(?:views?|opinions?|positions?)\b",
    r"\b(?:has|have|had|hold|holds|held) (?:a |no )?positions? in (?:any of )?(?:the )?"
    r"(?:stocks?|shares|securities|compan)",
    r"\bha(?:s|ve) a disclosure policy\b|\bowns? shares (?:of|in) .{0,80}\bmotley fool\b",
    flags=re.IGNORECASE,
)
# One of these stands in every line that _INSIDE matches: most lines are spared the patterns.
_INSIDE_KEYS = tuple(
    """rights reserved|©|copyright | be published| be re|sign up|subscribe|newsletter|your inbox|click here
    |hear from you|follow |on twitter|commission|affiliate|not reflect|not represent|necessarily|position
    |disclosure|motley fool""".replace("\n    ", "").split("|")
)
_ADDRESS = _any(r"(?:https?://|www\.|pic\.twitter\.com/|t\.co/)\S+$", r"\S+@\S+\.\w+$", r"(?:[@#]\w+[ ,]*)+$")


@lru_cache(maxsize=10_000)  # what is no body text recurs
def mark(line: str) -> str | None:
    """The part that a line is by its own words (caption, byline, related, boilerplate), or None."""
    if len(line) > LONGEST:
        return None
    words = line.casefold().strip(_AROUND)
    if words in _MENU or not any(map(str.isalpha, line)) or _ADDRESS.match(line):
        return "boilerplate"
    if _RELATED.match(line) or (len(line) <= _READ_MORE_LONGEST and _READ_MORE_END.search(line[-40:])):
        return "related"
    if _CAPTION.match(line) or _has_credit(line):
        return "caption"
    if _PROMPT.match(line.lstrip(_BEFORE)) or _is_prompt_inside(line):
        return "boilerplate"
    return "byline" if _is_byline(line) else None


_READ_MORE_LONGEST = 200
_AROUND = " .:!»>|-–—…[]()*\u00a0"
"""What may stand around the words of a menu."""
_BEFORE = "[(*•- "
"""What may stand before a prompt."""


@cache
def screen() -> Screen:
    """Passes every line that ``mark`` gives a part, and few others."""
    around, before = (f"[{re.escape(chars)}]*" for chars in (_AROUND, _BEFORE))
    words = "|".join(map(re.escape, sorted(_MENU)))
    calendar = "|".join(sorted(_CALENDAR))
    menu = re.compile(rf"(?i:{around}(?:{words}){around})$|[^A-Za-z]*(?:(?i:{calendar})[^A-Za-z]*)*$")
    prompt = re.compile(before + f"(?:{_PROMPT.pattern})", re.IGNORECASE)
    return Screen(
        start=tuple(map(loose, (menu, _ADDRESS, _RELATED, _CAPTION, prompt, _BYLINE))),
        anywhere=tuple(map(loose, (_INSIDE, _CONTRIBUTED))),
        end=tuple(map(loose, (_READ_MORE_END, _CREDIT_AT_END))),
    )


def _has_credit(line: str) -> bool:
    # Most lines end as sentences do and are spared the patterns; a credit may end in ").".
    is_sentence = line[-1] in '.!?"”' and not line.endswith(").")
    return not is_sentence and bool(_CREDIT_AT_END.search(line[-_END:]))


def _is_prompt_inside(line: str) -> bool:
    low = line.casefold()
    # Somebody quoted may speak of newsletters and positions.
    return line[0] not in "\"“‘'«" and any(key in low for key in _INSIDE_KEYS) and bool(_INSIDE.search(line))


def _is_byline(line: str) -> bool:
    return bool(_BYLINE.match(line)) or _is_date(line) or (len(line) < 250 and bool(_CONTRIBUTED.search(line)))


def _is_date(line: str) -> bool:
    """True for a line that is nothing but a date or time."""
    if len(line) > 80 or not any(map(str.isdigit, line)):
        return False
    named = _DATE_WORD.findall(line)
    return bool(named) and all(word.lower() in _CALENDAR for word in named)
