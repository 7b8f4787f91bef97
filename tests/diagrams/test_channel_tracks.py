from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from studio.diagrams.channels import Channel, Pair, channel_of
from studio.diagrams.glyphs import HORIZONTAL, VERTICAL
from studio.diagrams.raster import line_cells
from studio.diagrams.scene import Route, Scene


def test_a_straight_net_needs_no_track() -> None:
    assert channel_of({0: [(4, 4)]}, 2).tracks == 0


def test_nets_that_do_not_meet_share_a_track() -> None:
    assert channel_of({0: [(0, 4)], 1: [(8, 12)]}, 2).tracks == 1


def test_tracks_are_ordered_so_that_nets_need_not_cross() -> None:
    ends = {0: [(4, 10)], 1: [(6, 12)]}
    channel = channel_of(ends, 2)
    assert channel.tracks == 2
    assert _crossings(channel, ends) == 0


def test_a_leg_up_stands_above_a_leg_down_of_another_net() -> None:
    channel = channel_of({0: [(4, 8)], 1: [(0, 4)]}, 2)
    assert channel.way(0, 4, 8)[0][1] + 2 <= channel.way(1, 0, 4)[0][1]


def test_nets_that_exchange_places_turn_half_way() -> None:
    channel = channel_of({0: [(0, 4)], 1: [(4, 0)]}, 2)
    assert sorted(len(channel.way(net, *pair)) for net, pair in ((0, (0, 4)), (1, (4, 0)))) == [2, 4]


def test_a_trunk_with_branches_on_both_sides_has_two_tees() -> None:
    channel = channel_of({0: [(8, 0), (8, 8), (8, 16)]}, 2)
    assert channel.tracks == 2
    assert channel.way(0, 8, 8) == []


_PLACES = st.lists(st.integers(0, 12).map(lambda place: 2 * place), min_size=1, max_size=8, unique=True)


@given(_PLACES, _PLACES)
def test_no_two_nets_share_a_cell_unless_they_cross_straight(uppers: list[int], lowers: list[int]) -> None:
    ends = {net: [pair] for net, pair in enumerate(zip(uppers, lowers, strict=False))}
    _crossings(channel_of(ends, 2), ends)


@given(_PLACES, _PLACES)
def test_a_net_with_many_ends_shares_cells_with_itself_only(uppers: list[int], lowers: list[int]) -> None:
    ends: dict[int, list[Pair]] = {0: [(uppers[0], lower) for lower in lowers[:3]]}
    ends |= {net + 1: [pair] for net, pair in enumerate(zip(uppers[1:], lowers[3:], strict=False))}
    _crossings(channel_of(ends, 2), ends)


def _crossings(channel: Channel, ends: dict[int, list[Pair]]) -> int:
    """Raster everything (which refuses lines that run over each other) and count the crossings."""
    routes = {}
    for net, pairs in ends.items():
        for upper, lower in pairs:
            bends = [(place, track + 1) for place, track in channel.way(net, upper, lower)]
            points = ((upper, 0), *bends, (lower, channel.tracks + 2))
            routes[f"{net}:{upper}:{lower}"] = Route("", "", "", points, net)
    cells = line_cells(Scene(routes=routes))
    return sum(sorted(cell.arms.values()) == [VERTICAL, HORIZONTAL] for cell in cells.values())
