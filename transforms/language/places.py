"""Names of places, from a list of cities, the reference entities, and CLDR (by Babel)."""

from functools import cache

from babel import Locale
from babel.core import get_global

from transforms.language.months import LANGUAGES
from transforms.language.reference import read_column, read_reference
from transforms.language.word_lists import listed_words

# Postal codes and the press's own abbreviations: "New York, NY", "La Crosse, Wis."
STATES = listed_words("state")


@cache
def known_places() -> frozenset[str]:
    """Return the names of countries and of some hundred cities, case folded.

    The list is not complete. seeds/reference/places.csv has cities whose newspapers write datelines
    that can be recognised only by the name ("BHOPAL: ...", "Berlin. ...").

    >>> {"berlin", "new delhi", "deutschland"} <= known_places(), "apple" in known_places()
    (True, False)
    """
    names = {zone.rpartition("/")[2].replace("_", " ") for zone in get_global("zone_territories")}
    for language in LANGUAGES:
        locale = Locale(language)
        names |= set(locale.territories.values())
        names |= {zone["city"] for zone in locale.time_zones.values() if "city" in zone}
    names |= read_column("places", "name")
    for row in read_reference("entities"):
        if row["kind"] == "place":
            names |= {row["name"], *row["aliases"].split("|")}
    return frozenset(name.casefold() for name in names if len(name) > 2)
