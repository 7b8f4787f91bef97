"""Which input to measure first: how closely the deciding figures follow each input. Spearman 1904."""

from collections.abc import Iterable, Mapping
from itertools import islice

import numpy as np

from studio.estimates.ranges.draws import strata
from studio.estimates.ranges.results import Influence
from studio.estimates.ranges.values import Array

_MOST_PER_FIGURE = 5
_AT_ONCE = 100_000
"""Ranks of inputs held at once."""
_NOISE = 4.0
"""Standard errors a correlation must exceed: among thousands of inputs that do nothing, none comes so far."""


def influences(inputs: Iterable[str], figures: Mapping[str, Array], samples: int) -> tuple[Influence, ...]:
    """The rank correlations of inputs with figures that are more than chance, the strongest first."""
    ranked = {name: ranks for name, values in figures.items() if (ranks := _centred_ranks(values)) is not None}
    if not ranked or samples < 3:
        return ()
    matrix = np.stack(list(ranked.values()))
    middle, width = (samples - 1) / 2, np.sqrt((samples**2 - 1) / 12 * samples)
    found: list[list[Influence]] = [[] for _ in ranked]
    names, least = iter(inputs), _NOISE / np.sqrt(samples)
    while some := list(islice(names, max(1, _AT_ONCE // samples))):
        ranks = np.array([strata(name, samples) for name in some], dtype=float) - middle
        for figure, correlations, of_figure in zip(ranked, matrix @ ranks.T / width, found, strict=True):
            for place in np.flatnonzero(np.abs(correlations) > least):
                of_figure.append(Influence(some[place], figure, round(float(correlations[place]), 4)))
    strongest = [one for of_figure in found for one in sorted(of_figure, key=_weakness)[:_MOST_PER_FIGURE]]
    return tuple(sorted(strongest, key=_weakness))


def _weakness(influence: Influence) -> float:
    return -abs(influence.correlation)


def _centred_ranks(values: Array) -> Array | None:
    """Ranks less their mean, of length 1 together; equal values share theirs. None when all are equal."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    starts = np.flatnonzero(np.concatenate(([True], ordered[1:] != ordered[:-1])))
    if len(starts) == 1:
        return None
    sizes = np.diff(np.append(starts, len(values)))
    ranks = np.empty(len(values))
    ranks[order] = np.repeat(starts + (sizes - 1) / 2, sizes)
    ranks -= ranks.mean()
    return np.asarray(ranks / np.sqrt(ranks @ ranks))
