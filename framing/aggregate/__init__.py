"""Evidence to scores, scores to exact sums per article × actor × voice."""

from framing.aggregate.outputs import Shard, outputs
from framing.aggregate.score import Scores, scores, tone_of
from framing.aggregate.sums import Aggregate

__all__ = ["Aggregate", "Scores", "Shard", "outputs", "scores", "tone_of"]
