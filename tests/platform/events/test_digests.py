"""The Merkle tree gives the roots of RFC 6962 and notices every change."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from zichtlijn.platform.events.digests import canonical, merkle_root, seal_root

leaves = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), min_size=1, max_size=40)


def recursive_root(items: list[str]) -> bytes:
    """RFC 6962 section 2.1 as it is written: split at the largest power of two below the size."""
    if len(items) == 1:
        return bytes.fromhex(items[0])
    split = 1
    while split * 2 < len(items):
        split *= 2
    return hashlib.sha256(b"\x01" + recursive_root(items[:split]) + recursive_root(items[split:])).digest()


@given(leaves)
def test_root_is_that_of_the_rfc(items: list[str]) -> None:
    assert merkle_root(items) == recursive_root(items).hex()


@given(leaves, st.data())
def test_changing_one_leaf_changes_the_root(items: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(items) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32).map(bytes.hex).filter(lambda leaf: leaf != items[place]))
    assert merkle_root([*items[:place], other, *items[place + 1 :]]) != merkle_root(items)


@given(leaves, leaves)
def test_seal_depends_on_the_seal_before_it(items: list[str], before: list[str]) -> None:
    first, second = merkle_root(before), merkle_root([])
    assert seal_root(items, first) != seal_root(items, second)


def test_empty_tree_is_the_digest_of_nothing() -> None:
    assert merkle_root([]) == hashlib.sha256(b"").hexdigest()


def test_canonical_json_does_not_depend_on_the_order_of_keys() -> None:
    assert canonical({"b": 1, "a": "é"}) == canonical({"a": "é", "b": 1}) == '{"a":"é","b":1}'
