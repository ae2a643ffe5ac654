"""Work in steps under an event loop: woken by signals, sources and time, and ended with who asked for it."""

import asyncio
import contextlib
import gc
import os
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from onrecord.query.alarm import Alarm
from onrecord.query.driving import Driver
from onrecord.query.waiting import Signal, Source, Steps, Wait

Pipe = tuple[Source, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """What is read from, and the descriptor that is written to."""
    read, write = os.pipe()
    os.set_blocking(read, False)
    yield Source(read), write
    for descriptor in (read, write):
        try:
            os.close(descriptor)
        except OSError:
            continue


def line(source: Source, seconds: float = 5.0) -> Steps[bytes]:
    """One answer of a source; empty where none came in time."""
    while (yield Wait(source, seconds)):
        try:
            return os.read(source.descriptor, 100)
        except BlockingIOError:
            continue
    return b""


def descriptors(source: Source) -> int:
    """How many descriptors of this process belong to the pipe of a source, both of its ends counted."""
    pipe, found = os.fstat(source.descriptor), 0
    for entry in Path("/dev/fd").iterdir():
        with contextlib.suppress(OSError):
            found += os.path.samestat(os.fstat(int(entry.name)), pipe)
    return found


def run(work: Coroutine[Any, Any, None]) -> None:
    """In a thread of its own: tests of a browser in the same process keep an event loop running in theirs."""
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(asyncio.wait_for(work, 20))).result()


def test_a_source_answers_again_and_again(pipe: Pipe) -> None:
    source, write = pipe

    async def asked() -> None:
        driver, loop = Driver(), asyncio.get_running_loop()
        ears = set()
        for word in (b"a", b"b", b"c"):
            loop.call_later(0.01, os.write, write, word)
            assert await driver.run(line(source)) == word
            ears.add(source.ear)
        assert len(ears) == 1

    run(asked())


def test_the_end_of_a_source_is_heard_by_who_waits_and_by_nobody(pipe: Pipe) -> None:
    source, write = pipe

    async def asked() -> None:
        driver, loop = Driver(), asyncio.get_running_loop()
        os.write(write, b"a")
        assert await driver.run(line(source)) == b"a"
        first = source.ear
        os.write(write, b"unasked")
        await asyncio.sleep(0.05)
        assert await driver.run(line(source)) == b"unasked"
        assert source.ear is not first
        loop.call_later(0.01, os.close, write)
        assert await driver.run(line(source)) == b""
        await asyncio.sleep(0.05)
        assert not source.ear.listens(loop)  # type: ignore[attr-defined]

    run(asked())


def test_a_source_that_was_closed_is_not_mixed_with_the_next_of_its_number(pipe: Pipe) -> None:
    source, write = pipe

    async def asked() -> None:
        driver = Driver()
        os.write(write, b"a")
        assert await driver.run(line(source)) == b"a"
        os.close(source.descriptor)
        read, other = os.pipe()
        try:
            assert read == source.descriptor
            os.set_blocking(read, False)
            os.write(write, b"old")
            os.write(other, b"new")
            assert await driver.run(line(Source(read))) == b"new"
        finally:
            os.close(other)

    run(asked())


def test_a_loop_that_has_gone_takes_its_ear_with_it(pipe: Pipe) -> None:
    source, write = pipe
    driver = Driver()

    async def asked(word: bytes) -> None:
        os.write(write, word)
        assert await driver.run(line(source)) == word

    run(asked(b"a"))
    before = descriptors(source)
    for word in (b"b", b"c", b"d"):
        run(asked(word))
    gc.collect()
    assert descriptors(source) == before


@pytest.mark.parametrize("aside", [True, False])
def test_a_signal_wakes_from_this_thread_and_from_another(*, aside: bool) -> None:
    signal = Signal()

    def work() -> Steps[tuple[bool, int]]:
        came = yield Wait(signal, 5.0)
        return came, threading.get_ident()

    async def asked() -> None:
        if aside:
            threading.Timer(0.02, signal.set).start()
        else:
            asyncio.get_running_loop().call_later(0.02, signal.set)
        assert await Driver().run(work()) == (True, threading.get_ident())

    run(asked())


def test_who_waits_too_long_goes_on_without(pipe: Pipe) -> None:
    source, _ = pipe
    told: list[bool] = []

    def work() -> Steps[None]:
        told.append((yield Wait(Signal(), 0.05)))
        told.append((yield Wait(source, 0.02)))

    async def asked() -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        await Driver().run(work())
        assert 0.07 <= loop.time() - begun < 2

    run(asked())
    assert told == [False, False]


def test_work_whose_asker_leaves_ends_where_it_waits(pipe: Pipe) -> None:
    source, write = pipe
    ended: list[str] = []

    def work() -> Steps[None]:
        try:
            yield Wait(source, 5.0)
            ended.append("went on")
        finally:
            ended.append("ended")

    async def asked() -> None:
        driver = Driver()
        task = asyncio.ensure_future(driver.run(work()))
        await asyncio.sleep(0.02)
        task.cancel()
        os.write(write, b"too late")
        with pytest.raises(asyncio.CancelledError):
            await task
        assert ended == ["ended"]
        assert await driver.run(line(source)) == b"too late"

    run(asked())


@pytest.mark.parametrize("waits", [0, 1])
def test_what_the_work_raises_is_raised(waits: int) -> None:
    def work() -> Steps[None]:
        for _ in range(waits):
            yield Wait(Signal(), 0.001)
        raise LookupError

    async def asked() -> None:
        with pytest.raises(LookupError):
            await Driver().run(work())

    run(asked())


@pytest.mark.parametrize("before", [0, 1])
def test_where_nothing_can_be_heard_any_more_the_work_fails(
    pipe: Pipe, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    source, _ = pipe

    def refuse(descriptor: int) -> int:
        raise OSError(24, "Too many open files", str(descriptor))

    def work() -> Steps[None]:
        for _ in range(before):
            yield Wait(Signal(), 0.001)
        yield Wait(source, 5.0)

    async def asked() -> None:
        monkeypatch.setattr(os, "dup", refuse)
        with pytest.raises(OSError, match="Too many open files"):
            await Driver().run(work())

    run(asked())


def test_an_alarm_rings_for_each_in_its_time_and_for_none_that_is_cleared() -> None:
    async def asked() -> None:
        alarm, loop = Alarm(), asyncio.get_running_loop()
        begun = loop.time()
        rung: list[tuple[str, float]] = []

        def note(name: str) -> Callable[[], None]:
            return lambda: rung.append((name, loop.time() - begun))

        for name, seconds in (("third", 0.09), ("first", 0.02), ("second", 0.05), ("never", 0.03)):
            alarm.set(name, seconds, note(name))
        alarm.clear("never")
        await asyncio.sleep(0.2)
        assert [name for name, _ in rung] == ["first", "second", "third"]
        assert all(seconds >= due for (_, seconds), due in zip(rung, (0.02, 0.05, 0.09), strict=True))
        alarm.set("again", 0.01, note("again"))
        await asyncio.sleep(0.1)
        assert rung[-1][0] == "again"

    run(asked())
