"""Commands that ask: named questions, full text, SPARQL, limits."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from onrecord.cli.door import Door, at_door
from onrecord.cli.render import as_text
from onrecord.errors import UsageError
from onrecord.query import Answer, Limits, Question
from onrecord.snapshot.answer import as_csv

_OUTPUT = click.option(
    "--output",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="Form of the answer.",
)
_MOST_ROWS = 2**63 - 1  # the largest number that the index takes
_EXTRA = {"ignore_unknown_options": True, "allow_extra_args": True}


@click.command(context_settings=_EXTRA)
@click.argument("name", required=False)
@click.argument("parameters", nargs=-1, type=click.UNPROCESSED, metavar="[--PARAM VALUE]...")
@click.option("--list", "listing", is_flag=True, help="The questions with their parameters and columns.")
@click.option("--values", is_flag=True, help="With --list: the values of parameters and columns of a kind.")
@click.option("--show-query", is_flag=True, help="Print the SPARQL that answers, and do not run it.")
@_OUTPUT
@at_door
def ask(
    door: Door,
    *,
    name: str | None,
    parameters: Sequence[str],
    listing: bool,
    values: bool,
    show_query: bool,
    output: str,
) -> int:
    """Answers a named question, whole and with its sources.

    \b
    onrecord ask --list
    onrecord ask who-said-what --speaker margot-james
    onrecord ask status-on --instrument nhs-digital-home-office-mou --date 2018-06-01
    onrecord ask timeline --from 2018-01 --to 2018-05 --output csv
    """
    if listing or name is None:
        return _list(door, name, values, output)
    workspace = door.asked()
    given = pairs(name, parameters)
    if show_query:
        click.echo(workspace.query_text(name, given))
        return 0
    _print_answer(door, workspace.ask(name, given), output)
    return 0


def pairs(name: str, words: Sequence[str]) -> dict[str, str]:
    """`--speaker x --from=y` → {"speaker": "x", "from": "y"}."""
    given: dict[str, str] = {}
    rest = list(words)
    while rest:
        word = rest.pop(0)
        if not word.startswith("--") or word == "--":
            raise UsageError(
                f"'{word}' is not a parameter of '{name}'", hint="parameters are given as --name value"
            )
        key, equals, value = word[2:].partition("=")
        if not equals:
            if not rest:
                raise UsageError(f"--{key} needs a value", hint=f"onrecord ask {name} --{key} VALUE")
            value = rest.pop(0)
        if key in given:
            raise UsageError(f"--{key} is given twice", hint="a parameter takes one value")
        given[key] = value
    for key, value in given.items():
        _require_utf8(f"--{key}", value)
    return given


def _require_utf8(what: str, text: str) -> None:
    """Raises UsageError for bytes of the command line that are no UTF-8: they come as lone surrogates."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UsageError(
            f"{what.encode(errors='replace').decode()}: not UTF-8 (character {error.start + 1})"
        ) from None


def _list(door: Door, name: str | None, values: bool, output: str) -> int:
    questions = door.workspace.list_questions()
    chosen = [door.workspace.question(name)] if name else questions
    concepts = door.workspace.parameter_values() if values else {}
    if output == "json":
        listed = [question.as_json() for question in chosen]
        click.echo(
            json.dumps({"questions": listed, **({"values": concepts} if values else {})}, ensure_ascii=False)
        )
    elif output == "csv":
        rows = [
            {
                "question": q.name,
                "parameter": p.name,
                "required": p.required,
                "type": p.type,
                "description": p.description,
            }
            for q in chosen
            for p in q.parameters
        ]
        click.echo(as_csv(["question", "parameter", "required", "type", "description"], rows), nl=False)
    else:
        click.echo("\n\n".join(_describe(question) for question in chosen))
        for parameter, words in concepts.items():
            click.echo(f"\n{parameter}: {', '.join(words)}")
    return 0


def _describe(question: Question) -> str:
    lines = [f"{question.name} — {question.title}"]
    for parameter in question.parameters:
        must = " (required)" if parameter.required else ""
        lines.append(f"  --{parameter.name:<14} {parameter.description}{must}")
    lines.append(f"  columns: {' '.join(question.columns)}")
    return "\n".join(lines)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option(
    "--limit", type=click.IntRange(0, _MOST_ROWS), default=20, show_default=True, help="Rows at most."
)
@click.option(
    "--offset",
    type=click.IntRange(0, _MOST_ROWS),
    default=0,
    show_default=True,
    help="Rows to leave out first.",
)
@_OUTPUT
@at_door
def search(door: Door, *, words: Sequence[str], limit: int, offset: int, output: str) -> int:
    """Full text over statements, events and documents; the whole number found is always given.

    \b
    onrecord search hostile environment
    onrecord search '"cast-iron commitment"' --output json
    """
    _require_utf8("what is searched for", " ".join(words))
    _print_answer(door, door.ready().search(" ".join(words), limit, offset), output)
    return 0


_SPARQL_OUTPUTS = ("text", "json", "csv", "tsv", "xml", "turtle", "ntriples", "jsonld")


@click.command()
@click.argument("file", required=False, metavar="[FILE | -]")
@click.option("--text", "given", help="The query itself, instead of a file.")
@click.option(
    "--output",
    type=click.Choice(_SPARQL_OUTPUTS),
    default="text",
    show_default=True,
    help="Form of the result.",
)
@at_door
def query(door: Door, *, file: str | None, given: str | None, output: str) -> int:
    """Runs SPARQL (SELECT, ASK, CONSTRUCT, DESCRIBE): the whole answer, or one error.

    \b
    onrecord query --text 'SELECT (COUNT(*) AS ?n) { ?s ?p ?o }'
    onrecord query quotations.rq --output csv
    echo 'ASK { ?s ?p ?o }' | onrecord query -
    """
    result = door.asked().query(_read_query(file, given))
    sys.stdout.buffer.write(result.serialise(output))
    sys.stdout.buffer.flush()
    return 0


def _read_query(file: str | None, given: str | None) -> str:
    if (file is None) == (given is None):
        raise UsageError(
            "one query is needed: a file, - for standard input, or --text", hint="onrecord query --help"
        )
    if given is not None:
        _require_utf8("--text", given)
        return given
    if file == "-" and sys.stdin is None:
        raise UsageError("standard input is closed", hint="--text takes a query on the line")
    try:
        return (
            sys.stdin.buffer.read().decode() if file == "-" else Path(str(file)).read_text(encoding="utf-8")
        )
    except OSError as error:
        raise UsageError(
            f"{file}: can't be read: {error.strerror}", hint="--text takes a query on the line"
        ) from None
    except UnicodeDecodeError as error:
        raise UsageError(f"{file}: not UTF-8 (byte {error.start})") from None


@click.command()
@_OUTPUT
@at_door
def limits(door: Door, *, output: str) -> int:
    """The published limits and the variables that set them.

    \b
    onrecord limits
    ONRECORD_TIME_LIMIT_S=30 onrecord limits --output json
    """
    table: Limits = door.workspace.limits
    if output == "json":
        click.echo(json.dumps(table.as_json()))
        return 0
    rows = table.rows()
    columns = list(rows[0])
    click.echo(as_csv(columns, rows) if output == "csv" else as_text(columns, rows), nl=output == "text")
    return 0


def _print_answer(door: Door, answer: Answer, output: str) -> None:
    if output == "json":
        click.echo(json.dumps(answer.as_json(), ensure_ascii=False))
        return
    if output == "csv":
        click.echo(answer.as_csv(), nl=False)
    elif answer.rows:
        click.echo(as_text(answer.columns, answer.rows))
    shown = (
        f"{len(answer.rows)} of {answer.total} rows"
        if len(answer.rows) != answer.total
        else f"{answer.total} rows"
    )
    door.say(shown if answer.total != 1 else "1 row")
    for note in answer.notes:
        door.say(f"note: {note}")
