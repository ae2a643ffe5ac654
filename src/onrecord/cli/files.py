"""Commands on files: build, check, fmt, anchor, verify."""

import json
from collections.abc import Mapping

import click

from onrecord.cli.door import Door, at_door, status_of


@click.command()
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@at_door
def build(door: Door, *, strict: bool) -> int:
    """Builds the snapshot from the data files: read, check, publish.

    An error publishes nothing: the last good snapshot is still served.

    \b
    onrecord build
    onrecord build --strict --captures ~/texts
    onrecord --format json build
    """
    report = door.workspace.build(strict=strict, progress=door.progress)
    if door.options.format == "json":
        click.echo(json.dumps(report.as_json(), ensure_ascii=False))
        return 0
    door.print_findings(report.findings)
    click.echo(_counts(report.counts))
    if report.unverified:
        door.say(f"not verified here, no capture at hand: {', '.join(report.unverified)}")
    click.echo(
        f"published {report.snapshot.path} "
        f"({report.quads} quads, dataset {report.snapshot.manifest.dataset_hash})"
    )
    return 0


@click.command()
@click.option("--reason", is_flag=True, help="Prove consistency with the OWL reasoner HermiT as well.")
@click.option("--strict", is_flag=True, help="Warnings are errors.")
@at_door
def check(door: Door, *, reason: bool, strict: bool) -> int:
    """Runs every check and publishes nothing.

    \b
    onrecord check
    onrecord check --reason
    """
    from onrecord import findings

    found = door.workspace.check(reason=reason, progress=door.progress)
    if strict:
        found = findings.strict(found)
    door.print_findings(found)
    wrong = len(findings.errors(found))
    warned = sum(finding.severity == "warning" for finding in found)
    if door.options.format == "text":
        click.echo(f"{wrong} errors, {warned} warnings")
    return status_of(found)


@click.command()
@click.option(
    "--check", "only_check", is_flag=True, help="Change nothing; name the files that are not canonical."
)
@at_door
def fmt(door: Door, *, only_check: bool) -> int:
    """Rewrites the data files in canonical form: same meaning, one way to write it.

    \b
    onrecord fmt
    onrecord fmt --check
    """
    changed, found = door.workspace.format_files(write=not only_check)
    for path in changed:
        click.echo(f"{'not canonical' if only_check else 'rewritten'}: {path}")
    door.print_findings(found)
    if not changed and not found:
        door.say("all files are in canonical form")
    return 1 if (only_check and changed) or status_of(found) else 0


@click.command()
@click.argument("slug")
@at_door
def anchor(door: Door, *, slug: str) -> int:
    """Fills in positions, context and hashes of a source's passages from its capture.

    SLUG is the source. Words that the capture does not hold exactly once are refused with a hint, and the
    file stays as it is.

    \b
    onrecord anchor gponline --captures ~/texts
    """
    outcome = door.workspace.anchor(slug)
    door.print_findings(outcome.findings)
    if status_of(outcome.findings):
        door.say(f"{outcome.path} was not changed")
        return 1
    click.echo(
        f"{outcome.path}: {outcome.anchored} anchors"
        f"{' written' if outcome.changed else ', nothing to change'}"
    )
    return 0


@click.command()
@click.option("--store", is_flag=True, help="Re-hash every file of the published snapshot too.")
@at_door
def verify(door: Door, *, store: bool) -> int:
    """Proves that no quotation, position or hash was altered since it was recorded.

    With the full texts at hand (--captures) each passage is compared with its source, character by character;
    without them its recorded hash, seal and length are proved, and the source is named as not verified here.

    \b
    onrecord verify --captures ~/texts
    onrecord verify --store
    """
    result = door.workspace.verify(store=store)
    door.print_findings(result.findings, **result.as_json())
    if door.options.format == "text":
        for line in result.lines():
            click.echo(line)
    return status_of(result.findings)


def _counts(counts: Mapping[str, int]) -> str:
    plural = {"status": "status periods"}
    return ", ".join(
        f"{number} {noun if number == 1 else plural.get(noun, noun + 's')}" for noun, number in counts.items()
    )
