"""`winnow corrections`: list and check what people decided; export it for training."""

import gzip
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from flows.commands.cleaning_options import corrections_option, read_decided
from flows.commands.correct import apply_now
from flows.commands.options import json_option, warehouse_option
from flows.commands.output import print_json, print_table
from warehouse.paths import Layout

if TYPE_CHECKING:
    from flows.steps.review import Reviewed

SHORT = 60  # characters of a line in a table


@click.group()
def corrections() -> None:
    """List and check what people decided about documents and sites; export it for training."""


@corrections.command("list")
@warehouse_option
@corrections_option
@json_option
def list_(layout: Layout, corrections: Path | None, as_json: bool) -> None:
    """List the corrections in the order of their file, with who made them and why."""
    from transforms.corrections.correction import shorten

    decided = read_decided(layout, corrections)
    if as_json:
        sites = [asdict(one) for one in decided.sites.values()]
        print_json({"corrections": [asdict(one) for one in decided.corrections], "sites": sites})
    elif not decided.corrections:
        click.echo("Nothing is corrected; `winnow correct DOCUMENT --remove LINE` begins.")
    else:
        rows = [
            (
                one.number,
                one.document[:12],
                one.kind,
                shorten(one.value, SHORT),
                one.by,
                one.reason,
            )
            for one in decided.corrections
        ]
        print_table(("line", "document", "kind", "value", "by", "reason"), rows)


@corrections.command()
@warehouse_option
@corrections_option
@json_option
def check(layout: Layout, corrections: Path | None, as_json: bool) -> None:
    """Check the file, whether each correction still applies, and each line or path of a site matches.

    Exits with 1 if one does not. Lines and paths are sought in the newest documents of the site.
    """
    from flows.steps.review import list_unmatched, review

    decided = read_decided(layout, corrections)
    outcomes, unmatched = review(layout, decided), list_unmatched(layout, decided)
    lost = [one for one in outcomes if one.fault is not None]
    if as_json:
        print_json([*map(asdict, outcomes), *map(asdict, unmatched)])
    elif lost:
        print_table(
            ("line", "document", "kind", "value", "why it does not apply"),
            [_row_of(one) for one in lost],
        )
    else:
        click.echo(f"All corrections apply: {len(decided.corrections):,} of them.")
    if unmatched and not as_json:
        rows = [
            (one.site, *_named(one.selector.line, one.selector.path), f"{one.documents:,}")
            for one in unmatched
        ]
        print_table(("site", "kind", "matches no line", "documents"), rows)
    sys.exit(1 if lost or unmatched else 0)


def _row_of(one: "Reviewed") -> tuple[int, str, str, str, str | None]:
    from transforms.corrections.correction import shorten

    correction = one.correction
    document = (one.document_id or correction.document)[:12]
    return correction.number, document, correction.kind, shorten(correction.value, SHORT), one.fault


def _named(line: str | None, path: str | None) -> tuple[str, str]:
    from transforms.corrections.correction import shorten

    return ("path", path) if path else ("line", shorten(line or "", SHORT))


@corrections.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@warehouse_option
@corrections_option
def export(file: Path, layout: Layout, corrections: Path | None) -> None:
    """Write the documents with corrected lines to FILE, as examples for `make train CORRECTIONS=FILE`.

    FILE is JSON Lines, compressed if its name ends in .gz; `-` is standard output.
    """
    from flows.steps.review import list_examples

    count = 0
    with _opened(file) as out:
        for example in list_examples(layout, read_decided(layout, corrections)):
            out.write(json.dumps(example, ensure_ascii=True) + "\n")
            count += 1
    click.echo(f"{count:,} examples written to {file}.", err=True)


@contextmanager
def _opened(file: Path) -> Iterator[TextIO]:
    if str(file) == "-":
        yield sys.stdout
    elif file.suffix == ".gz":
        with gzip.open(file, "wt", encoding="utf-8") as out:
            yield out
    else:
        with file.open("w", encoding="utf-8") as out:
            yield out


@corrections.command()
@warehouse_option
@corrections_option
def apply(layout: Layout, corrections: Path | None) -> None:
    """Clean the documents again that have new, changed or withdrawn corrections, as every run does."""
    read_decided(layout, corrections)
    apply_now(layout, corrections)
