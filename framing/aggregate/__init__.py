"""Evidence to scores, scores to exact sums per article × actor × voice."""

from framing.aggregate.outputs import Shard, outputs
from framing.aggregate.score import poles_of, tone_of
from framing.aggregate.sums import Aggregate

__all__ = ["Aggregate", "Shard", "outputs", "poles_of", "tone_of"]
