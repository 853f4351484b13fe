"""What a page's markup says of its article: title, authors, site, date of publication."""
