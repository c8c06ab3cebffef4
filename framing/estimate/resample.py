"""Story weights drawn once for the whole corpus, and exact sums of a cell under each draw."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from framing.tables import Longs

Weights = npt.NDArray[np.unsignedinteger]

_DRAWS_AT_ONCE = 64
_ENTRIES_AT_ONCE = 2048
_LARGEST_EXACT_FLOAT = 2**53
_HALF = 2**26


def story_weights(n_stories: int, draws: int, seed: int) -> Weights:
    """How often each story is drawn: n_stories × draws, each column multinomial(n; 1/n, …).

    PCG64(seed), one draw after the other, so neither blocks nor machines change the numbers. Held as
    the smallest integers that fit: a story is hardly ever drawn more than a dozen times.
    """
    generator = np.random.Generator(np.random.PCG64(seed))
    weights: Weights = np.zeros((n_stories, draws), dtype=np.uint8)
    for begin in range(0, draws, _DRAWS_AT_ONCE):
        end = min(begin + _DRAWS_AT_ONCE, draws)
        block = np.empty((end - begin, n_stories), dtype=np.int64)
        for row in block:
            drawn = generator.integers(0, n_stories, size=n_stories)
            row[:] = np.bincount(drawn, minlength=n_stories)
        if block.max(initial=0) > np.iinfo(weights.dtype).max:
            weights = weights.astype(np.uint32)
        weights[:, begin:end] = block.T
    return weights


def resampled_sums(values: Longs, story: Longs, weights: Weights) -> Longs:
    """Σ_s W_s · value_s for each row of ``values`` (C × n) and each draw: C × draws, exact.

    ``story``: row of ``weights`` of each of the n entries. Floating-point products of whole numbers
    are exact, under any BLAS, while no sum passes 2⁵³; beyond that the values are split in two.
    """
    # The weights of one draw add up to the number of stories.
    if int(np.abs(values).max(initial=0)) * len(weights) >= _LARGEST_EXACT_FLOAT:
        high, low = np.divmod(values, _HALF)
        return resampled_sums(high, story, weights) * _HALF + resampled_sums(low, story, weights)
    sums = np.zeros((len(values), weights.shape[1]))
    for begin in range(0, len(story), _ENTRIES_AT_ONCE):
        block = slice(begin, begin + _ENTRIES_AT_ONCE)
        sums += values[:, block].astype(float) @ weights[story[block]].astype(float)
    return sums.astype(np.int64)
