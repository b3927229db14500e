"""XES files that are broken, refused or hostile: a clear error, the line where it is, and nothing left behind."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from tests.analysis.eventlogs.reading_objects import HEAD, TWO_EVENTS, event, log_of
from zichtlijn.analysis.eventlogs.model import LogError
from zichtlijn.analysis.eventlogs.readers import read_log, xes


@pytest.fixture(params=["scanner first", "expat at once"])
def reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways through: a large file comes to the scanner first, a small one does not."""
    if request.param == "scanner first":
        monkeypatch.setattr(xes, "_is_small", lambda _path: False)
    return str(request.param)


def error_of(content: bytes | str, folder: Path, *, name: str = "log.xes", max_bytes: int | None = None) -> LogError:
    """The error, after checking that nothing was left."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(LogError) as caught:
        read_log(path, folder / "raw", max_bytes=max_bytes)
    assert not (folder / "raw").exists()
    return caught.value


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "broken",
    [
        "<trace><event></trace>",
        "<trace><event><string key='k' value='x'></event></trace>",
        "<trace><event><string key='k' value='x/></event></trace>",
        "<trace><event><string key='k' value='<'/></event></trace>",
        "<trace><event><string key='k' value='x' value='y'/></event></trace>",
        "<trace><event><string key='k' value=x/></event></trace>",
        "<trace><event><string key='k'value='x'/></event></trace>",
        "<trace><event><string key='k' value='&nbsp;'/></event></trace>",
        "<trace><event><string key='k' value='a & b'/></event></trace>",
        "<trace><event><string key='k' value='&#0;'/></event></trace>",
        "<trace><event><string key='k' value='\x01'/></event></trace>",
        "<trace><!-- a -- b --><event/></trace>",
        "<trace><event/></trace></log><log>",
        "<trace><event / ></trace>",
        "</trace>",
    ],
)
def test_broken_xml_is_reported_with_its_line(broken: str, tmp_path: Path) -> None:
    error = error_of(log_of(TWO_EVENTS, TWO_EVENTS, broken), tmp_path)
    assert (error.code, error.line) == ("xes-broken", 9)


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("kept", [0.3, 0.6, 0.99])
def test_a_file_that_ends_half_way_is_broken(kept: float, tmp_path: Path) -> None:
    text = log_of(*[TWO_EVENTS] * 20)
    error = error_of(text[: int(len(text) * kept)], tmp_path)
    assert error.code == "xes-broken"
    assert error.line == text[: int(len(text) * kept)].count("\n") + 1


@pytest.mark.usefixtures("reader")
def test_what_stands_after_the_log_is_broken(tmp_path: Path) -> None:
    assert error_of(log_of(TWO_EVENTS) + "<more/>", tmp_path).code == "xes-broken"


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE log [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>',
        '<!DOCTYPE log SYSTEM "file:///etc/passwd">',
        "<!DOCTYPE log>",
    ],
)
def test_a_document_type_is_refused(declared: str, tmp_path: Path) -> None:
    error = error_of(log_of(TWO_EVENTS).replace("<log", declared + "\n<log"), tmp_path)
    assert (error.code, error.line) == ("xes-entities", 2)


@pytest.mark.usefixtures("reader")
def test_another_root_is_no_log(tmp_path: Path) -> None:
    error = error_of(log_of(TWO_EVENTS).replace("log", "pnml"), tmp_path)
    assert (error.code, error.params) == ("xes-root", {"name": "pnml"})


@pytest.mark.usefixtures("reader")
@pytest.mark.parametrize("inside", ["", "<trace/>", "<trace><string key='k' value='x'/></trace>"])
def test_a_log_without_events_is_refused(inside: str, tmp_path: Path) -> None:
    assert error_of(HEAD + inside + "</log>", tmp_path).code == "log-empty"


@pytest.mark.usefixtures("reader")
def test_bytes_that_are_not_in_the_declared_encoding_are_reported_with_their_line(tmp_path: Path) -> None:
    traces = TWO_EVENTS + "<trace>" + event('<string key="k" value="café"/>') + "</trace>"
    error = error_of(log_of(traces).encode("latin-1"), tmp_path)
    assert (error.code, error.line, error.params) == ("xes-encoding", 5, {"encoding": "utf-8"})


@pytest.mark.parametrize("name", ["no-such-code", "base64", "utf-16"])
def test_an_encoding_that_cannot_be_is_named(name: str, tmp_path: Path) -> None:
    error = error_of(log_of(TWO_EVENTS).replace("UTF-8", name), tmp_path)
    assert (error.code, error.params) == ("xes-encoding-unknown", {"encoding": name})


def test_a_compressed_file_that_ends_half_way_is_told_so(tmp_path: Path) -> None:
    packed = gzip.compress(log_of(*[TWO_EVENTS] * 500).encode())
    assert error_of(packed[:-20], tmp_path, name="log.xes.gz").code == "gzip-truncated"
    assert error_of(packed[:-4], tmp_path, name="log.xes.gz").code == "gzip-truncated"


def test_a_compressed_file_with_damage_is_told_so(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(log_of(*[TWO_EVENTS.replace("A1", str(n)) for n in range(5000)]).encode()))
    packed[len(packed) // 2] ^= 0xFF
    assert error_of(bytes(packed), tmp_path, name="log.xes.gz").code in ("gzip-broken", "xes-broken", "xes-encoding")
    packed = bytearray(gzip.compress(log_of(TWO_EVENTS).encode()))
    packed[-6] ^= 0xFF  # the checksum
    assert error_of(bytes(packed), tmp_path, name="log.xes.gz").code == "gzip-broken"


def test_a_file_that_unpacks_to_too_much_is_stopped_in_time(tmp_path: Path) -> None:
    packer = zlib.compressobj(wbits=31)
    bomb = packer.compress(HEAD.encode()) + b"".join(packer.compress(b" " * (1 << 24)) for _n in range(20))
    error = error_of(bomb + packer.flush(), tmp_path, name="log.xes.gz", max_bytes=50_000_000)
    assert (error.code, error.params) == ("file-too-large", {"limit": 50_000_000})


@pytest.mark.parametrize("content", [b"\x00\x01\x02\x03" * 50, b"\x1f\x8bnot really packed at all"])
def test_what_is_no_text_is_no_log(content: bytes, tmp_path: Path) -> None:
    assert error_of(content, tmp_path, name="log.bin").code in ("file-unknown", "gzip-broken")


def test_an_empty_and_a_missing_file_are_told_so(tmp_path: Path) -> None:
    assert error_of(b"", tmp_path).code == "file-empty"
    with pytest.raises(LogError) as caught:
        read_log(tmp_path / "nowhere.xes", tmp_path / "raw")
    assert caught.value.code == "file-missing"


def test_deep_nesting_is_walked_without_recursion(tmp_path: Path) -> None:
    deep = '<string key="k" value="v">' * 20_000 + "</string>" * 20_000
    path = tmp_path / "log.xes"
    path.write_text(log_of("<trace>" + event(deep) + "</trace>"), encoding="utf-8")
    log = read_log(path, tmp_path / "raw")
    assert [(each.code, each.count) for each in log.problems] == [("nested-values", 1)]


def test_a_reader_that_fails_half_way_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xes, "BLOCK_BYTES", 2000)
    monkeypatch.setattr(xes, "_is_small", lambda _path: False)
    error = error_of(log_of(*[TWO_EVENTS] * 200) + "<", tmp_path)
    assert error.code == "xes-broken"
