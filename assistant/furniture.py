"""Lines of an article that are no sentences of its story.

Captions with their credits, links to other articles, sign-ups, bylines, notes of the newsroom,
copyright lines, buttons and stamps. They stay in the article and are shown with it; but no answer
quotes them, no timeline has them, and no sentence of a model is aligned with them.

A sentence of the story must not be lost, so that what may be one stays: a correction, the items of
a list, “Opinion: …” with a full stop behind it.
"""

from __future__ import annotations

import re

from assistant.captions import is_caption

__all__ = ["is_furniture"]

_AGENCY = (
    r"(?-i:AP|AFP|EPA(?:-EFE)?|EFE|ANSA|DPA|TASS|PA(?: Wire)?|UPI|SIPA|VCG|Getty(?: Images)?"
    r"|Reuters|REUTERS|Shutterstock|Bloomberg|(?:Zuma|ZUMA)(?: (?:Press|Wire))*|Redux|Alamy|Anadolu"
    r"|Xinhua|Imago|Magnum|USA TODAY|CNN|(?:The )?New York Times|(?:The )?Washington Post"
    r"|Associated Press|Icon Sportswire)"
)
_PAGE = (
    r"(?:story|article|report|page|post|piece|column|essay|interview|list|live ?blog|file|feature"
    r"|gallery|content|newsletter)"
)
_NETWORK = r"(?:twitter|facebook|instagram|threads|linkedin|tiktok|whatsapp|(?-i:X))"

_CAPTIONS = (
    r"(?:hide|show|toggle) caption\b"
    r"|(?:photos?|pictures?|photographs?|images?|pictured|in pictures|(?:photo )?gallery|slideshow"
    r"|(?:photo )?illustration|graphic|fotos?|bild|imagen|cr[ée]dit photo)\s*:"
    r"|(?:image|media|figure|video) (?:source|caption|credit)s?\s*[,:]"
    r"|(?:photo|image|picture|video|screenshot|illustration|photograph)s?"
    r" (?:by|courtesy|credit|via)(?:,? (?:of|for|and|the|via|(?-i:[A-Z])[\w.’'&/-]*))*\W*\Z"
    r"|(?-i:FILE)(?: (?:photo|image))?\s*[-–—:]"
    r"|credit\s*(?:\.\.\.|…)"
)
_LINKS = (
    r"(?:(?:also )?(?:read|see|watch|listen|hear|view)|more|related|recommended|up next"
    r"|don[’']t miss|(?:go|dig) deeper|keep reading|further reading|lesen sie|lire|leer|mehr)"
    r"(?: (?:more|also|too|next|now|here|live|this|on this(?: story| topic)?|stories|story"
    r"|articles?|coverage|content|reading|news|links?|video|podcast|auch|aussi|m[áa]s|zum thema))*"
    r"\s*:(?!\d|\s*(?-i:[a-z]))"
    r"|(?:read|see|view|find|get) more (?:opinion|here|stories|coverage|articles|news|at\b|on cnn)"
    r"|read (?:a copy of\b|more (?:on|from) [^,]{2,60}\W*\Z|the (?:documents?|latest|transcript)\b"
    r"|more\s*(?:about (?:it|this|that|the \w+) here\b|[.…»>]*\Z)|the (?:full|rest of the"
    r"|original) (?:story|article|report)|our (?:full )?(?:story|report|coverage|review|guide)\b)"
    r"|(?:click|tap|press) (?:here|play\b|the (?:link|player|video|image))"
    r"|hit play on\b|check out (?:more|our|my|the (?:full|best))\b"
    r"|(?:read|see|find|learn|join|listen|watch|check)\b[^.]{2,120}\bhere\W*\Z"
    r"|here(?:[’']s| is) (?:(?:what|everything|how|why|where|when)\b[^:]{0,80}\b(?:to know"
    r"|to expect|(?:we|you|they) (?:need|know|should)|else|next)"
    r"|(?:a|the) (?:(?:quick|full|complete|running) )*(?:look|list|link|transcript))\b[^:]*\Z"
    r"|(?:just watched|now playing|must watch|video ad feedback|replay more videos)\b"
    r"|follow (?:every game|live updates|the latest (?:news|updates|developments|on)\b|here\b"
    r"|along\b|our live|live\b)"
)
_SIGN_UPS = (
    r"sign up (?:here|now|today|below|to (?:get|receive)|for (?:our|cnn|a free|free)\b)"
    r"|sign up for .{0,60}\b(?:newsletters?|alerts|e-?mails?|texts)\b"
    r"|get (?:our|the|your|cnn|more)\b.{0,60}\bnewsletters?\b"
    r"|(?:you can (?:also )?)?(?:get|have|receive) .{0,80}\b(?:in|to) your inbox\b"
    r"|subscribe (?:to|here|now|today|for)\b"
    r"|would you like to receive\b"
    r"|we will use the (?:details|information) you\b"
    r"|download (?:our|the [\w ]{2,20} app)\b"
    r"|(?:do you )?(?:have|got) a (?:news |story |confidential )?tips?\b"
    r"|if your day doesn[’']t start\b"
    # How to reach who wrote it.
    rf"|(?:you can )?(?:follow|tweet|find (?:him|her|them|us|me|[\w ]{{2,20}}[’']s work))\b"
    rf".{{0,90}}(?:@\w|\bon {_NETWORK}\b)"
    r"|(?:you can )?(?:reach|contact|e-?mail|message|text|write to|send)\b ?.{0,90}(?:@\w"
    r"|\d{3}[-.]\d{3}[-.]\d{4})"
    r"|call .{0,60}\bat \(?\d{3}\b"
    r"|.{2,40} can be (?:reached|contacted) (?:at|on|by|via)\b.{0,40}(?:@|\d{3}-\d{4})"
)
_OF_THE_NEWSROOM = (
    r"(?:editor|author|publisher|programming)[’']?s?[’']? note\s*[:.–—-]"
    r"|contribut(?:ing|ors?)\s*:"
    r"|(?:additional )?(?:reporting|editing|writing|compiled|translation) by (?-i:[A-Z])"
    r"|from (?:usa today network|wire|staff)(?: and (?:staff|wire))? reports"
    rf"|this {_PAGE} (?:was|has been|is|will be)(?: (?:last|also|being|no longer|continually"
    r"|continuously|regularly|automatically))* updated\b"
    r"|(?:this|an? (?:\w+ )?version of this) (?:story|article|page|post|piece|column|live ?blog)"
    r"(?: was| has been| is)?(?: (?:first|originally|previously|also))* (?:published|translated"
    r"|adapted|sponsored|excerpted|reprinted|republished|appeared|ran (?:in|on))\b"
    r"|(?:(?:the|his|her|their) )?(?:views|opinions) expressed (?:here|in this|are|by)\b"
    r"|its content is produced independently\b"
    r"|[\w/. ]{2,30} is an? [\w ]{2,24} content partner\b"
    r"|(?:copyright ?)?(?:© ?(?:\d{4}|(?-i:[A-Z]))|\(c\) ?\d{4})|copyright \d{4}"
    r"|all rights reserved\b"
    r"|this material may not be published\b"
)
_BUTTONS = (
    r"(?:share|tweet|e-?mail|print) this (?:article|story|page|post|link)\b"
    rf"|share (?:on|to|via) {_NETWORK}\b"
    r"|(?:story|article) continues below\b"
    r"|(?:advertisement|skip (?:advert|past .{0,40}))\W*\Z"
    r"|(?:last )?(?:updated|published|posted|modified)\s*(?::|at\b|on\b)?\s*(?:\w+\s+){0,2}\d"
    r"[\w:.,\s/()|–-]{0,40}\Z"
)
# Bullets and brackets may stand before a line of the kind.
_BEGINS = re.compile(
    r"[\s►▶▸•●■*–—(\[>|-]*(?:"
    f"{_CAPTIONS}|{_LINKS}|{_SIGN_UPS}|{_OF_THE_NEWSROOM}|{_BUTTONS})",
    re.IGNORECASE,
)
# “Ana Bell/AFP/Getty Images People wait …”, and what else stands before a caption or behind it.
_CREDIT = re.compile(
    rf"(?:[A-Z][\w.'’&-]*[ ]?){{1,6}}(?:/ ?(?:[A-Z][\w.'’&-]*[ ]?){{1,5}}){{0,2}}"
    rf"(?:/ ?|\bfor ){_AGENCY}"
    r"(?! (?:Poll|Survey)\b)(?=\W*(?:[A-Z]|\Z))"
)
_CREDITED = re.compile(
    rf"(?:/ ?{_AGENCY}|\b(?:via|for) Getty Images|\([^()]{{0,40}}\b(?i:photo|image|video)s?"
    r"(?: by|/|:| via)[^()]{0,60}\))[\s.)\]]*\Z"
)
# “The Sarnhaven Herald contributed to this report.”
_MENTIONS = ("contributed", "inbox", "newsletter")
_CONTRIBUTED = re.compile(
    rf"\bcontributed (?:(?:reporting )?to this (?:{_PAGE}|section|coverage)\b|reporting\W*\Z)"
    r"|\b(?:writers?|reporters?|editors?)\b.* contributed\W*\Z"
    r"|\b(?:sent|delivered) (?:straight |directly )?to your inbox\b"
    r"|\bsign up for .{0,60}\bnewsletter",
    re.IGNORECASE,
)
# What states something ends so.
_STATES = re.compile(r"[.!…。！][\"”’')\]]*\Z")
# A label with a headline right behind its colon: “Dam failure:What is known”.
_LABELLED = re.compile(
    r"[\s►▶▸•●■*–—-]*[“\"‘']?[^\W\d_][^:.!?\n]{1,50}[^\W\d_][’'”\"]?:(?=[“\"‘'A-Za-z])"
    r"(?:\S+\s+){3}\S"
)
_HEADED = re.compile(
    r"[\s►▶▸•●■*–—-]*(?:opinion|column|analysis|perspective|exclusive|explainer|fact check|live"
    r"|(?:live|latest) updates?|breaking(?: news)?|podcast|quiz|poll|video|newsletter"
    r"|interactive|graphics?|special report|timeline|review|recap"
    r"|more (?:on|from|in) [\w ’']{2,24})s?\s*:",
    re.IGNORECASE,
)
# What an article will tell: “How to get through a strike”.
_ANNOUNCES = re.compile(
    r"[\s►▶▸•●■*–—-]*(?:(?:how|where|what|when) to\b|(?:how|why)\b|here[’']s (?:how|what|why|where"
    r"|who|when)\b|everything (?:you need )?to know\b"
    r"|(?:what|everything) (?:we|you (?:need|should))\b)(?!.*: [a-z]).{4,}\w[’'\"”]?\s*\Z",
    re.IGNORECASE,
)
# No headline is longer, in characters.
_LONGEST = 110
# What a film beside the article shows: “Herald reporter Ana Bell has the latest on the flood.”
_FILMED = re.compile(
    r"(?:Plus,\s+)?[A-Z][\w’'&.-]*\s+(?:[\w’'&.-]+\s+){0,7}?"
    r"(?i:correspondent|reporter|editor|columnist)\s+(?:[A-Z][\w’'.-]*\s+){2,3}"
    r"(?:has the latest|looks (?:into|at)|digs into|breaks down|tells us|takes (?:a look|us))\b"
)
# How far into a line a credit begins, a label ends, and from its end a credit or the last mark.
_START, _LABEL, _END, _LAST = 160, 80, 120, 8


def is_furniture(text: str) -> bool:
    """Whether a line of an article is no sentence of its story.

    Args:
        text: One sentence as the article is split.
    """
    if _BEGINS.match(text) or _FILMED.match(text):
        return True
    return _is_credited(text) or _is_headline(text) or is_caption(text)


def _is_credited(text: str) -> bool:
    """Whether it is a picture's, or says who had a part in the article; cheap tests first."""
    begin = text[:_START]
    if ("/" in begin or " for " in begin) and _CREDIT.match(text):
        return True
    end = text[-_END:]
    if any(sign in end for sign in ("/", "(", "via", "for")) and _CREDITED.search(end):
        return True
    return any(w in text for w in _MENTIONS) and bool(_CONTRIBUTED.search(text))


def _is_headline(text: str) -> bool:
    """Whether it is the headline of another article, behind a label or with what it will tell."""
    if len(text) <= _LONGEST and _ANNOUNCES.match(text):
        return True
    if ":" not in text[:_LABEL] or _STATES.search(text[-_LAST:]):
        return False
    return bool(_LABELLED.match(text) or _HEADED.match(text))
