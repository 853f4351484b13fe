"""Winnow from Python: clean a page or a text, or query a warehouse.

>>> page = (
...     "<title>The harbour opens again | Quay News</title><nav>Home</nav><article>"
...     "<h1>The harbour opens again</h1><p>The harbour will open again on Monday, said the mayor, "
...     "Ada Quist, after ten weeks of repairs.</p><p>Some 300 fishermen lost their income while it "
...     "was closed, the council says.</p></article>"
... )
>>> result = clean(page.encode(), url="https://quay.example/2024/05/03/harbour")
>>> result.article.title, result.article.published_on
('The harbour opens again', datetime.date(2024, 5, 3))
>>> [(segment.role, segment.text.strip()) for segment in result.removed]
[('navigation', 'Home'), ('title', 'The harbour opens again')]
>>> [(figure.value, figure.unit) for figure in result.quantities]
[(10.0, 'weeks'), (300.0, 'fishermen')]

docs/python.md has more.
"""

from winnow.own_packages import import_own

import_own("transforms", "warehouse")

from transforms.captures.capture import Rejected
from transforms.facts.names.user_entities import open_own_list
from transforms.options import CleaningOptions
from warehouse.errors import WarehouseError
from warehouse.schema.rows.articles import Article, Paragraph
from warehouse.schema.rows.documents import Document, Repair
from warehouse.schema.rows.facts import Mention, Quantity, Quote
from winnow.cleaning import Result, Segment, clean
from winnow.reading import open

__all__ = [
    "Article",
    "CleaningOptions",
    "Document",
    "Mention",
    "Paragraph",
    "Quantity",
    "Quote",
    "Rejected",
    "Repair",
    "Result",
    "Segment",
    "WarehouseError",
    "clean",
    "open",
    "open_own_list",
]
