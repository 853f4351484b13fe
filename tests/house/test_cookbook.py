"""Every query of docs/queries.md runs and gives what the page shows."""

import pytest

from tests.cookbook import PAGE, RECIPE, render
from tests.loading import ask
from warehouse.store import VIEWS

RECIPES = list(RECIPE.finditer(PAGE.read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    "recipe", RECIPES, ids=[found["query"].split("\n")[0][:60] for found in RECIPES]
)
def test_recipe(recipe, samples):
    assert render(ask(samples, recipe["query"])) == recipe["output"]


def test_every_view_has_a_recipe_and_a_question():
    queries = " ".join(found["query"] for found in RECIPES)
    for view in VIEWS.glob("*.sql"):
        assert view.stem in queries
        assert view.read_text(encoding="utf-8").startswith("-- ")
        assert "?" in view.read_text(encoding="utf-8").split("\n")[0]
