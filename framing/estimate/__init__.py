"""Scores to estimates and contrasts: the one room where means are born and chance lives.

``grammar`` (what a cell is called) → ``observations`` (whole numbers per article × actor) →
``cells`` (story values per cell) → ``influence``, ``totals`` (estimate and influence of each story)
→ ``interval``, ``contrast`` (Student's t) and ``resample``, ``percentile`` (bootstrap) →
``tabulate`` (rows). ``estimate.Estimate`` is the tool that runs them in this order.
"""

from framing.estimate.estimate import Estimate
from framing.estimate.grammar import By, parse_by

__all__ = ["By", "Estimate", "parse_by"]
