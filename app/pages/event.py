"""Event: one event in full, at an address of its own."""

from parts import address, dates, entity, event, masthead, record, states


def draw() -> None:
    """The page."""
    rows = sorted(record.ask("timeline").rows, key=dates.in_order)
    row = entity.chosen("event", rows, "event")
    if row is None:
        return
    states.newer_files()
    masthead.title(row["label"])
    order = [each["event"] for each in rows]
    place = order.index(row["event"])

    def to(number: int) -> str:
        return address.link("event", id=order[number]) if 0 <= number < len(order) else ""

    event.detail(
        row,
        close=address.link("timeline", event=row["event"]),
        before=to(place - 1),
        after=to(place + 1),
        permalink=address.link("event", id=row["event"]),
    )
    entity.data(row["event"])


masthead.draw("event")
states.guarded(draw)
