"""Extract an article's title, authors, URL and publication date from a page's markup."""
