"""Documents of other programs: office files, mails, books, notes, subtitles, and saved pages."""
