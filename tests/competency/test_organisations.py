"""How many statements count to an organisation, and which ones they are: two questions, one answer."""

from onrecord.workspace import Workspace


def test_counts_by_organisation_are_those_that_the_filter_selects(workspace: Workspace) -> None:
    rows = workspace.ask("counts", {"by": "organisation"}).rows
    counted = {row["organisation"]: row["statements"] for row in rows if row["organisation"]}
    assert counted["department-of-health-and-social-care"] == 11  # said by the memorandum
    organisations = [
        row["actor"] for row in workspace.ask("actors").rows if row["kind"] in ("organisation", "group")
    ]
    assert len(organisations) > 20
    selected = {}
    for slug in organisations:
        found = workspace.ask("who-said-what", {"organisation": slug}).rows
        selected[slug] = len({row["statement"] for row in found})
    assert {slug: counted.get(slug, 0) for slug in organisations} == selected


def test_a_statement_for_several_is_said_to_count_for_each(workspace: Workspace) -> None:
    notes = workspace.ask("counts", {"by": "organisation"}).notes
    assert "a statement that counts to several organisations is counted once for each" in notes
