"""Fit the trees of the labeller to examples."""

from collections.abc import Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
import numpy.typing as npt

from tests.benchmarks.collections import weigh_collections
from tests.benchmarks.examples import Example
from transforms.scoring.forest import as_probabilities
from transforms.scoring.score import centre_on_cut

PARAMETERS = {
    "objective": "binary",
    "learning_rate": 0.15,
    "num_leaves": 31,
    "min_data_in_leaf": 60,
    "feature_fraction": 0.4,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 10.0,
    "use_missing": False,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "seed": 7,
    "verbosity": -1,
}
TREES = 80
# How far collections, and their languages and kinds of pages, count alike instead of pages: chosen by
# the collections left out (docs/cleaning.md).
BALANCE = 0.3


@dataclass(frozen=True, slots=True)
class Model:
    """Fitted trees and the features that they read."""

    booster: lightgbm.Booster
    names: tuple[str, ...]

    def score(self, example: Example) -> npt.NDArray[np.float64]:
        """Return the score of each block, as the labeller would give it."""
        return score_by([self], example)

    def log_odds(self, example: Example) -> npt.NDArray[np.float64]:
        """Return the log odds of each block."""
        columns = [example.names.index(name) for name in self.names]
        found = self.booster.predict(example.rows[:, columns], raw_score=True, num_threads=1)
        return np.asarray(found, np.float64)


def score_by(models: Sequence[Model], example: Example) -> npt.NDArray[np.float64]:
    """Return the score of each block by the mean of models, as the labeller would give it."""
    log_odds = np.mean([model.log_odds(example) for model in models], axis=0)
    words = example.rows[:, example.names.index("words")]
    return centre_on_cut(as_probabilities(log_odds), words.astype(np.float64))


def fit(examples: Sequence[Example], names: tuple[str, ...]) -> Model:
    """Fit trees on the named features."""
    columns = [examples[0].names.index(name) for name in names]
    rows = np.concatenate([example.rows[:, columns] for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    weights = weigh(examples)
    told = weights > 0
    data = lightgbm.Dataset(
        rows[told], labels[told], weight=weights[told] / weights.mean(), feature_name=list(names)
    )
    return Model(lightgbm.train(PARAMETERS, data, TREES), names)


def weigh(examples: Sequence[Example]) -> npt.NDArray[np.float64]:
    """Return the weight of each line: by its page, and by how many pages are like that one."""
    groups = [(example.set_name, example.language, example.page_type) for example in examples]
    shares = weigh_collections(groups, BALANCE)
    return np.concatenate(
        [example.weights() * share for example, share in zip(examples, shares, strict=True)]
    )
