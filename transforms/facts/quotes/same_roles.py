"""The words by which a text names one role: the mayor is "la alcaldesa", then "la regidora"."""

from collections import defaultdict
from functools import cache

from transforms.language.reference import read_rows


def same_roles(words: str, language: str) -> frozenset[str]:
    """Return the names of a role and of the roles that the words may mean, case folded; or none.

    >>> sorted(same_roles("primo cittadino", "it"))
    ['prima cittadina', 'primo cittadino', 'sindaca', 'sindaco']
    >>> same_roles("Klempner", "de")
    frozenset()
    """
    role = words.casefold()
    names, means = _lists(language)
    return frozenset().union(
        *(names[one] | {one} for one in means.get(role, ()) or (role,) if names[one])
    )


@cache
def _lists(language: str) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """Return the other names of each role, and the roles that each of these names may mean."""
    names: dict[str, set[str]] = defaultdict(set)
    means: dict[str, set[str]] = defaultdict(set)
    for row in read_rows("same_roles", language):
        form, role = row["form"].casefold(), row["role"].casefold()
        names[role].add(form)
        means[form].add(role)
    return names, means
