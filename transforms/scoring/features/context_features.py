"""Features of a line's context: the lines around it, and its distance to the main text."""

import numpy as np
import numpy.typing as npt

from transforms.scoring.features.tokens import Floats, Tokens, as_floats, topics

WINDOWS = (2, 6, 20)  # lines to each side
OPENER = 3  # phrases of this kind and above end an article more often than they interrupt it
NEIGHBOURLY = ("words", "ending", "beginning", "title_share", "number_share", "phrase", "copies")


def context_features(columns: dict[str, Floats], tokens: Tokens) -> dict[str, Floats]:
    """Return the features of each line's context by name."""
    words = columns["words"]
    prose = prose_words(columns)
    runs = _run_features(words, prose)
    about = _topic_features(tokens, runs["run_prose"])
    return (
        _place_features(words)
        | runs
        | about
        | _careful_runs(prose, columns, about)
        | _window_features(words, prose, columns)
        | _distance_features(words, prose)
        | _boundary_features(columns, runs)
        | _rhythm_features(words, columns)
        | _neighbour_features(columns)
        | _document_features(words, prose, columns)
    )


def prose_words(columns: dict[str, Floats]) -> Floats:
    """Return for each line the number of its words that look like running text.

    These are all words of a line that ends like a sentence, contains the end of one, or is longer than
    a headline (so that hard-wrapped lines count); otherwise none.
    """
    words = columns["words"]
    is_sentence = (columns["ending"] >= 4) & (words >= 5)
    return np.where(is_sentence | (columns["inner_stops"] > 0) | (words >= 25), words, 0.0)


def through_run(scores: Floats) -> Floats:
    """Return for each line the highest sum of scores of a run of lines that includes it.

    >>> through_run(np.array([5.0, -1.0, 5.0, -20.0, 3.0])).tolist()
    [9.0, 9.0, 9.0, -8.0, 3.0]
    """
    total = np.concatenate(([0.0], np.cumsum(scores)))
    lowest_before = np.minimum.accumulate(total)[:-1]
    highest_after = np.maximum.accumulate(total[:0:-1])[::-1]
    return highest_after - lowest_before


def _run_features(words: Floats, prose: Floats) -> dict[str, Floats]:
    columns = {}
    for name, scores in (
        ("run_words", words - 10.0),
        ("run_long", np.minimum(words, 60.0) - 20.0),
        ("run_prose", np.minimum(prose, 80.0) - 5.0),
        ("run_loose", np.sqrt(prose) - 1.0),
    ):
        through = through_run(scores)
        best = max(through.max(initial=0.0), 1.0)
        columns[name] = through / best
    inside = columns["run_prose"] >= 1.0 - 1e-9
    index = np.arange(len(words))
    first, last = _span(inside)
    columns["run_offset"] = np.where(
        index < first, index - first, np.where(index > last, index - last, 0)
    ).astype(np.float64)
    columns["run_share"] = np.full(len(words), words[inside].sum() / max(words.sum(), 1.0))
    return columns


def _careful_runs(
    prose: Floats, columns: dict[str, Floats], about: dict[str, Floats]
) -> dict[str, Floats]:
    """Return features of runs that stay on one topic, and of runs that boilerplate openers end."""
    capped = np.minimum(prose, 80.0)
    on_topic = np.minimum(2.0 * about["topic_share_within_3"], 1.0)
    found = {
        "run_topic": capped * on_topic - 5.0,
        "run_bounded": capped - 5.0 - 40.0 * (columns["phrase"] >= OPENER),
        "run_near": capped - 5.0 - 3.0 * (prose == 0),
    }
    through = {name: through_run(scores) for name, scores in found.items()}
    return {name: run / max(run.max(initial=0.0), 1.0) for name, run in through.items()}


def _span(inside: npt.NDArray[np.bool_]) -> tuple[int, int]:
    found = np.flatnonzero(inside)
    return (int(found[0]), int(found[-1])) if len(found) else (0, 0)


def _place_features(words: Floats) -> dict[str, Floats]:
    before = np.cumsum(words) - words
    count = len(words)
    index = np.arange(count, dtype=np.float64)
    return {
        "line_place": index / max(count - 1, 1),
        "lines_before": index,
        "lines_after": count - 1 - index,
        "word_place": before / max(words.sum(), 1.0),
        "words_before": before,
        "words_after": words.sum() - before - words,
    }


def _window_features(words: Floats, prose: Floats, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Return means of several features over the lines around each line, without the line itself."""
    signals = {
        "words": words,
        "prose": prose > 0,
        "stop": columns["stop_share"],
        "phrases": columns["phrase"] > 0,
        "copies": columns["copies"] > 1,
        "titles": columns["title_share"],
        "numbers": columns["number_share"],
        "clocks": columns["has_clock"],
        "legal": columns["legal_words"],
        "menu": columns["menu_words"],
    }
    values = np.array(list(signals.values()), np.float64)
    found = {}
    for reach in WINDOWS:
        for name, row in zip(signals, _window_mean(values, reach), strict=True):
            found[f"{name}_within_{reach}"] = row
    return found


def _window_sum(values: Floats, reach: int) -> Floats:
    """Return the sum over each line and the lines around it."""
    total = np.concatenate(([0.0], np.cumsum(values)))
    index = np.arange(len(values))
    return total[np.minimum(index + reach + 1, len(values))] - total[np.maximum(index - reach, 0)]


def _window_mean(values: Floats, reach: int) -> Floats:
    """Return the mean over the lines around each line, without the line itself."""
    count = values.shape[-1]
    total = np.zeros((*values.shape[:-1], count + 1))
    np.cumsum(values, axis=-1, out=total[..., 1:])
    index = np.arange(count)
    low, high = np.maximum(index - reach, 0), np.minimum(index + reach + 1, count)
    return np.asarray((total[..., high] - total[..., low] - values) / np.maximum(high - low - 1, 1))


def _distance_features(words: Floats, prose: Floats) -> dict[str, Floats]:
    found = {}
    for name, is_goal in (("prose", prose >= 10), ("long_prose", prose >= 40)):
        found[f"lines_since_{name}"], found[f"size_of_last_{name}"] = _since(is_goal, words)
        until, size = _since(is_goal[::-1], words[::-1])
        found[f"lines_until_{name}"], found[f"size_of_next_{name}"] = until[::-1], size[::-1]
    return found


def _since(is_goal: npt.NDArray[np.bool_], words: Floats) -> tuple[Floats, Floats]:
    """Return the number of lines since the last goal before each line, and the words of that goal."""
    index = np.arange(len(words))
    last = np.maximum.accumulate(np.where(is_goal, index, -1)) if len(words) else index
    last = np.concatenate(([-1], last[:-1])) if len(words) else last
    return np.where(last >= 0, index - last, 999.0), np.where(last >= 0, words[last], 0.0)


def _topic_features(tokens: Tokens, run: Floats) -> dict[str, Floats]:
    """Return how many of a line's topical words also occur in other lines of the main run."""
    lines = len(tokens.counts)
    line, hashes = topics(tokens)
    known, topic = np.unique(hashes, return_inverse=True)
    size = len(known)
    pairs = np.unique(line * max(size, 1) + topic)  # each once a line
    line, topic = pairs // max(size, 1), pairs % max(size, 1)
    in_run = run[line] >= 0.999
    run_uses = np.bincount(topic[in_run], minlength=size)[topic] - in_run
    all_uses = np.bincount(topic, minlength=size)[topic]
    count = np.bincount(line, minlength=lines)
    hits = np.bincount(line, weights=run_uses > 0, minlength=lines)
    rare = np.bincount(line, weights=all_uses == 1, minlength=lines)
    near = _window_sum(as_floats(hits), 3) / np.maximum(_window_sum(as_floats(count), 3), 1)
    return {
        "topic_words": hits,
        "topic_share": np.where(count > 0, hits / np.maximum(count, 1), -1.0),
        "topic_share_within_3": near,
        "only_here_share": np.where(count > 0, rare / np.maximum(count, 1), -1.0),
    }


def _boundary_features(columns: dict[str, Floats], runs: dict[str, Floats]) -> dict[str, Floats]:
    """Return how much boilerplate and other non-prose is between a line and the main run of text."""
    index = np.arange(len(columns["words"]))
    first, last = _span(runs["run_prose"] >= 1.0 - 1e-9)
    found = {}
    for name, values in (
        ("phrases_to_run", (columns["phrase"] > 0) * 1.0),
        ("breaks_to_run", (columns["phrase"] >= OPENER) * 1.0),
        ("copies_to_run", (columns["copies"] > 1) * 1.0),
    ):
        total = np.concatenate(([0.0], np.cumsum(values)))
        after = total[index + 1] - total[min(last + 1, len(values))]
        before = total[first] - total[index]
        found[name] = np.where(index < first, before, np.where(index > last, after, 0.0))
    return found


def _rhythm_features(words: Floats, columns: dict[str, Floats]) -> dict[str, Floats]:
    """Return how regularly lengths and endings repeat every few lines, as in lists of teasers."""
    found = {}
    log, ending = np.log1p(words), columns["ending"]
    for period in (1, 2):
        change = np.abs(log - _rolled(log, period)) + (ending != _rolled(ending, period))
        found[f"rhythm_{period}"] = _window_mean(change, 4)
    return found


def _rolled(values: Floats, period: int) -> Floats:
    """Return for each line the value `period` lines before; the first lines get those of the last."""
    return np.concatenate((values[-period:], values[:-period])) if len(values) > period else values


def _neighbour_features(columns: dict[str, Floats]) -> dict[str, Floats]:
    return {
        f"{name}{offset:+d}": shifted(columns[name], offset)
        for name in NEIGHBOURLY
        for offset in (-1, 1)
    }


def shifted(values: Floats, offset: int) -> Floats:
    """Return for each line the value of the line `offset` further on, -1 beyond the ends."""
    result = np.full(len(values), -1.0)
    if offset > 0:
        result[:-offset] = values[offset:]
    else:
        result[-offset:] = values[:offset]
    return result


def _document_features(words: Floats, prose: Floats, columns: dict[str, Floats]) -> dict[str, Floats]:
    total = max(words.sum(), 1.0)
    whole = {
        "document_lines": float(len(words)),
        "document_words": float(words.sum()),
        "document_prose_share": float(prose.sum() / total),
        "document_mean_words": float(words.mean()) if len(words) else 0.0,
        "document_stop_share": float((columns["stop_share"] * words).sum() / total),
        "document_phrases": float((columns["phrase"] > 0).mean()) if len(words) else 0.0,
        "document_longest": float(words.max(initial=0.0)),
    }
    return {name: np.full(len(words), value) for name, value in whole.items()}
