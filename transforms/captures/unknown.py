"""Kinds of files that Winnow cannot read: how they begin, and what would help."""

OLD_OFFICE = "an old file of Office (.doc, .ppt, .msg); save it as .docx, text or .eml"
SQL_DUMP = "a dump of an SQL database; export its table as CSV or JSON Lines"
# By their first bytes; file(1)'s list of magic numbers has all of them.
SIGNATURES = {
    b"%PDF": "a PDF file",
    b"\x89PNG": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"II*\0": "a TIFF image",
    b"MM\0*": "a TIFF image",
    b"Rar!": "a RAR archive; unpack it, or pack it as zip",
    b"7z\xbc\xaf\x27\x1c": "a 7-Zip archive; unpack it, or pack it as zip",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": OLD_OFFICE,
    b"SQLite format 3\0": "an SQLite database; export its table as CSV or JSON Lines",
    b"{\\rtf": "an RTF document",
    b"OggS": "a sound or video file",
    b"\x1aE\xdf\xa3": "a video file",
    b"wOFF": "a font",
    b"wOF2": "a font",
    b"AT&TFORM": "a DjVu document; export its text",
    b"-- MySQL dump": SQL_DUMP,
    b"-- MariaDB dump": SQL_DUMP,
    b"-- phpMyAdmin SQL Dump": SQL_DUMP,
    b"-- Adminer": SQL_DUMP,
    b"--\n-- PostgreSQL database dump": SQL_DUMP,
    b"/*M!999999": SQL_DUMP,
    b"\x1f\x9d": "a file of compress (.Z); unpack it",
}


def find_signature(content: bytes) -> str | None:
    """Return the kind of a file from its first bytes, if it is not text.

    >>> find_signature(b"GIF89a"), find_signature(b"<html>")
    ('a GIF image', None)
    """
    if content[4:8] == b"ftyp":
        return "a video or image file"
    if content[:4] == b"RIFF" and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "an image, sound or video file"
    found = (what for magic, what in SIGNATURES.items() if content.startswith(magic))
    return next(found, None)
