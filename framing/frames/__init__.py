"""Tokens to pole cues: rules of the axes, composed clause by clause."""

from framing.frames.rules import Rules

__all__ = ["Rules"]
