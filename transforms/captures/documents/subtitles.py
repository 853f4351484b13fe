"""Read subtitles (SubRip .srt, WebVTT .vtt) as the text that is spoken, in paragraphs."""

import re
from collections.abc import Iterator
from html import unescape

from transforms.captures.capture import CannotRead, Outcome, RawCapture
from transforms.captures.source import PLAIN_TEXT, Source
from transforms.language.encoding import decode_text

CLOCK = r"(?:(?P<h{0}>\d{{1,3}}):)?(?P<m{0}>\d\d):(?P<s{0}>\d\d[.,]\d{{1,3}})"
TIMES = re.compile(rf"{CLOCK.format(1)}[ \t]*-->[ \t]*{CLOCK.format(2)}[^\n]*")
MARKS = rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*"  # of UTF-8 and UTF-16
START = re.compile(MARKS + rb"(?:WEBVTT\b|\d+\s*\n(?:\d{1,3}:)?\d\d:\d\d[.,]\d{1,3}[ \t]*-->)")
VOICE = re.compile(r"<v(?:\.[^ >]*)? (?P<name>[^>]{1,80})>")
TAG = re.compile(r"<[^<>]{0,100}>|\{\\[^{}]{0,100}\}")
# What begins a paragraph: a pause of seconds, a dash or arrows of another voice, or many words.
PAUSE, OTHER_VOICE, MANY_WORDS = 2.0, re.compile(r"(?:[-–—]|>>)\s*"), 60
SENTENCE_END = (".", "!", "?", "…", "。", "！", "？")


def is_subtitles(source: Source) -> bool:
    """Return True if the bytes begin like subtitles."""
    return START.match(source.peek().replace(b"\0", b"").replace(b"\r\n", b"\n")) is not None


def read_subtitles(source: Source) -> Iterator[Outcome]:
    """Yield what is spoken as one capture; times and tags are left out."""
    text = decode_text(source.read())[0].replace("\r\n", "\n").replace("\r", "\n")
    spoken = "\n\n".join(_paragraphs(text))
    if not spoken:
        raise CannotRead("empty", "subtitles without text")
    yield RawCapture(source.uri, spoken.encode(), content_type=PLAIN_TEXT)


def _paragraphs(text: str) -> Iterator[str]:
    r"""Yield the paragraphs of what is spoken.

    >>> cues = "00:01.0 --> 00:02.0\nRice is\n\n00:02.0 --> 00:03.0\n<i>dear.</i>\n"
    >>> list(_paragraphs(cues + "\n00:07.0 --> 00:08.0\n- Tea is not.\n"))
    ['Rice is dear.', 'Tea is not.']
    """
    words: list[str] = []
    last_line, last_end, last_voice = "", 0.0, ""
    for start, end, lines in _cues(text):
        named = VOICE.search(lines[0])
        voice = named["name"].strip() if named else ""
        for line in filter(None, (unescape(TAG.sub("", line)).strip() for line in lines)):
            if line == last_line:
                continue  # captions that roll show each line twice
            turn = OTHER_VOICE.match(line)
            is_full = len(words) >= MANY_WORDS and words[-1].endswith(SENTENCE_END)
            if words and (turn or voice != last_voice or is_full or start - last_end >= PAUSE):
                yield " ".join(words)
                words = []
            if voice != last_voice and voice:
                words = [f"{voice}:"]
            words += line[turn.end() if turn else 0 :].split()
            last_line, last_end, last_voice = line, end, voice
    if words:
        yield " ".join(words)


def _cues(text: str) -> Iterator[tuple[float, float, list[str]]]:
    """Yield start and end of each cue in seconds, and its lines; numbers of cues are left out."""
    marks = list(TIMES.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=True):
        body = text[mark.end() : following.start() if following else len(text)]
        body = re.sub(r"\n\d+\n$", "", body) if following else body
        yield _seconds(mark, 1), _seconds(mark, 2), body.strip("\n").split("\n\n")[0].split("\n")


def _seconds(mark: re.Match[str], which: int) -> float:
    hours, minutes, seconds = mark[f"h{which}"] or "0", mark[f"m{which}"], mark[f"s{which}"]
    return 3600 * int(hours) + 60 * int(minutes) + float(seconds.replace(",", "."))
