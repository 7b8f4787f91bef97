"""Which input to measure first: how closely the deciding figures follow each input. Spearman 1904."""

from collections.abc import Iterable, Mapping

import numpy as np

from studio.estimates.ranges.draws import strata
from studio.estimates.ranges.results import Influence
from studio.estimates.ranges.values import Array

_MOST_PER_FIGURE = 5
_NOISE = 4.0
"""Standard errors a correlation must exceed: among thousands of inputs that do nothing, none comes so far."""


def influences(inputs: Iterable[str], figures: Mapping[str, Array], samples: int) -> tuple[Influence, ...]:
    """The rank correlations of inputs with figures that are more than chance, the strongest first."""
    ranked = {name: ranks for name, values in figures.items() if (ranks := _centred_ranks(values)) is not None}
    if not ranked or samples < 3:
        return ()
    matrix = np.stack(list(ranked.values()))
    middle, width = (samples - 1) / 2, np.sqrt((samples**2 - 1) / 12 * samples)
    names = list(inputs)
    found: list[list[Influence]] = [[] for _ in ranked]
    for name in names:
        correlations = matrix @ (strata(name, samples) - middle) / width
        for figure, correlation, of_figure in zip(ranked, correlations, found, strict=True):
            if abs(correlation) * np.sqrt(samples) > _NOISE:
                of_figure.append(Influence(name, figure, round(float(correlation), 4)))
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
