"""Actor: names and offices with their passages, what was said by and for it, what it took part in."""

from collections.abc import Sequence

from parts import address, dates, entity, lines, masthead, names, quotation, record, states, table, wording
from parts.markup import definitions, outside, part, plain, show
from parts.record import Row

SHOWN = 12


def draw() -> None:
    """The page."""
    row = entity.chosen("actor", record.ask("actors").rows, "actor")
    if row is None:
        return
    states.newer_files()
    slug = row["actor"]
    entity.heading(record.concept("actor", row["kind"]).label, row["label"], row["description"])
    show(definitions(facts(row)))
    offices(slug)
    said(row)
    took_part(slug)
    positions(slug)
    figures(slug)
    entity.passages(slug)
    entity.data(slug)


def facts(row: Row) -> list[tuple[str, str]]:
    """Names, ties and where it is known from; each name as the sources print it."""
    return [
        ("Named as", plain(", ".join(row["names"] or ()))),
        ("Roles in print", plain(", ".join(row["roles"] or ()))),
        ("Part of", names.listed(row["part_of"])),
        ("Members", names.listed(row["members"])),
        ("Speaks for", names.linked(row["acts_for"])),
        ("Mentioned in", entity.told(row["mentioned_in"])),
        ("The same elsewhere", "<br>".join(map(outside, row["same_as"] or ()))),
    ]


def offices(slug: str) -> None:
    """Posts held, as each source words them: nothing says more than its passage."""
    every = record.ask("held-on").rows
    rows = [row for row in every if slug in (row["person"], row["organisation"]) and _is_held(row)]
    if not rows:
        return
    heads = ("Who", "Post", "As worded", "From", "To", "Where")
    shown = [
        (
            names.linked(row["person"], "not named"),
            f"{plain(row['post_label'] or '')}<br>{names.linked(row['organisation'])}",
            plain(wording.marked(row["named_as"], row["text_is"])),
            _end(row["from"]),
            _end(row["to"]) if row["to"] or not row["attested"] else _attested(row),
            entity.place(row) if row["source"] else "",
        )
        for row in rows
    ]
    show(table.html(f"Offices and posts ({len(rows)})", heads, shown))


def _is_held(row: Row) -> bool:
    """Whether somebody holds a post there: what only names an organisation says nothing of one."""
    return bool(row["person"] or row["post"])


def _end(when: str | None) -> str:
    return plain(dates.in_words(when)) if when else "not known"


def _attested(row: Row) -> str:
    return f"not known; held on {plain(dates.in_words(row['attested']))}"


def said(row: Row) -> None:
    """What is on record as said by it, and by those who speak for it."""
    every = record.ask("who-said-what").rows
    own = [each for each in every if each["speaker"] == row["actor"]]
    block("Said", own, address.link("said", speaker=row["actor"]), len(own), speaker=False)
    if row["kind"] == "organisation":
        of_it = record.ask("who-said-what", {"organisation": row["actor"]}).rows
        spoken = [each for each in of_it if each["speaker"] != row["actor"]]
        everything = address.link("said", organisation=row["actor"])
        block("Said on its behalf", spoken, everything, len(of_it), speaker=True)
    to = [each for each in every if each["addressee"] == row["actor"]]
    block("Said to it", to, "", 0, speaker=True)


def block(title: str, rows: Sequence[Row], everything: str, total: int, *, speaker: bool) -> None:
    """The first statements of several, with the way to `everything`, which is `total` cards."""
    if not rows:
        return
    more = lines.all_of(everything, total) if everything else ""
    shown = lines.statements(rows[:SHOWN] if everything else rows, speaker=speaker)
    show(part(f"{title} ({len(rows)})", shown + more))


def took_part(slug: str) -> None:
    """Events with it."""
    rows = record.ask("timeline", {"actor": slug}).rows
    if rows:
        show(part(f"Took part in ({len(rows)})", lines.events(rows)))


def positions(slug: str) -> None:
    """Where it stood, by date."""
    rows = record.ask("positions", {"actor": slug}).rows
    if not rows:
        return
    told = (
        (
            plain(dates.in_words(row["when"])),
            plain(quotation.STANCES.get(row["stance"], row["stance"])),
            plain(wording.marked(row["text"], row["text_is"])),
            names.publisher(row["source"]),
        )
        for row in rows
    )
    shown = list(dict.fromkeys(told))  # the same act in two parts, or of two topics, is one line
    show(table.html(f"Positions ({len(shown)})", ("When", "Stance", "By", "Source"), shown))


def figures(slug: str) -> None:
    """Figures about it or reported by it."""
    rows = [row for row in record.ask("figures").rows if slug in (row["subject"], row["reported_by"])]
    if not rows:
        return
    shown = [
        (plain(row["label"]), _amount(row), plain(dates.in_words(row["when"])), entity.place(row))
        for row in rows
    ]
    show(table.html(f"Figures ({len(shown)})", ("What", "How many", "When", "Where"), shown))


def _amount(row: Row) -> str:
    """`at least 3,000 patients` as the source bounds it."""
    bound, unit = record.concept("bound", row["bound"]), record.concept("unit", row["unit"])
    number = f"{row['amount']:,}" if isinstance(row["amount"], int | float) else row["amount"]
    called = unit.label.lower() + ("" if row["amount"] == 1 else "s")
    return f"{plain(bound.label.lower())} <b>{plain(number)}</b> {plain(called)}"


masthead.draw("actor")
states.guarded(draw)
