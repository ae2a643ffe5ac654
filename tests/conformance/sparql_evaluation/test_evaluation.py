"""The W3C's query evaluation, results format and query syntax tests (SPARQL 1.1), where the suite lies beside
the checkout: of the engine itself, and over HTTP through our endpoint in two ways.

What is out of scope, and what does not pass, stands in the two tables of this folder with its reason. A
listed test that starts to pass fails here, as does a name in a table that is none.
"""

from collections.abc import Iterator

import pytest
from tests.conformance.sparql_evaluation import engine
from tests.conformance.sparql_evaluation.door import Door
from tests.conformance.sparql_evaluation.suite import EVALUATION, GROUPS, SUITE, cases, known_failures, table
from tests.serving import serving

from onrecord.config import Settings
from onrecord.query import Limits


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    """One server for all of the suite; it takes each snapshot up when it is published."""
    root = tmp_path_factory.mktemp("evaluation")
    with serving(Settings(data=root, snapshot=root, captures=root), Limits(workers=1)) as served:
        yield Door(served, root)


def differing(group: str, outcomes: dict[str, str], place: str) -> dict[str, str]:
    """What does not end as the table says: tests that fail, and listed ones that do not."""
    listed = {
        name: getattr(known, place)
        for name, known in known_failures().items()
        if name.partition("/")[0] == group
    }
    return {
        name: f"{said}; the table says {listed.get(name, 'pass')}"
        for name, said in outcomes.items()
        if (said == "pass") != (listed.get(name, "pass") == "pass")
    }


def at_hand(group: str) -> list[str]:
    """The group, where the suite is there to be run."""
    return [group] if SUITE.is_dir() else []


@pytest.mark.parametrize("group", GROUPS)
def test_the_engine_itself(group: str) -> None:
    for name in at_hand(group):
        outcomes = {case.name: engine.outcome(case) for case in cases(name)}
        assert len(outcomes) == GROUPS[name]
        assert differing(name, outcomes, "engine") == {}


@pytest.mark.parametrize("group", GROUPS)
def test_through_our_door_each_dataset_a_snapshot(door: Door, group: str) -> None:
    for name in at_hand(group):
        outcomes, published = {}, None
        for case in sorted(cases(name), key=lambda each: (each.data, each.graph_data)):
            if published != (published := (case.data, case.graph_data)) or not outcomes:
                door.publish_own(case)
            named = bool(case.graph_data) or case.kind != EVALUATION
            outcomes[case.name] = door.outcome(case, named=named)
        assert len(outcomes) == GROUPS[name]
        assert differing(name, outcomes, "door") == {}


@pytest.mark.parametrize("group", GROUPS)
def test_through_our_door_each_dataset_named_in_the_request(door: Door, group: str) -> None:
    for name in at_hand(group):
        tests = cases(name)
        door.publish_all(tests)
        outcomes = {case.name: door.outcome(case, named=True) for case in tests}
        assert differing(name, outcomes, "door") == {}


def test_the_tables_name_tests_and_folders_that_exist() -> None:
    known = known_failures()
    assert {name.partition("/")[0] for name in known} <= set(GROUPS)
    assert all(each.reason for each in known.values())
    assert all({each.engine, each.door} <= {"pass", "fail"} for each in known.values())
    assert all("fail" in (each.engine, each.door) for each in known.values())
    assert [name for name, each in known.items() if (each.engine, each.door) == ("pass", "fail")] == []
    excluded = {row["folder"]: row["reason"] for row in table("excluded.csv")}
    assert all(excluded.values())
    if SUITE.is_dir():
        assert set(known) <= {case.name for group in GROUPS for case in cases(group)}
        folders = {path.parent.name for path in SUITE.glob("*/manifest.ttl")}
        assert set(GROUPS) | set(excluded) == folders
        assert not set(GROUPS) & set(excluded)
