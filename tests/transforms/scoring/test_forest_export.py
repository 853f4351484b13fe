import numpy as np
import pytest

from transforms.scoring.forest import read_forest

lightgbm = pytest.importorskip("lightgbm", reason="the trainer is an extra")


def test_exported_forest_gives_the_values_of_the_trainer(tmp_path):
    from tests.benchmarks.export import export_forest, to_bytes

    draw = np.random.default_rng(7)
    rows = draw.normal(size=(2000, 6)).round(1).astype(np.float32)
    labels = rows[:, 0] * rows[:, 1] + rows[:, 2] > 0.3
    parameters = {"objective": "binary", "num_leaves": 31, "verbosity": -1, "use_missing": False}
    names = [f"f{n}" for n in range(6)]
    booster = lightgbm.train(parameters, lightgbm.Dataset(rows, labels, feature_name=names), 20)
    path = tmp_path / "forest.npz"
    path.write_bytes(to_bytes(export_forest(booster, names)))
    forest = read_forest(path)
    columns = [names.index(name) for name in forest.names]
    assert forest.probabilities(rows[:, columns]) == pytest.approx(booster.predict(rows), abs=1e-12)
