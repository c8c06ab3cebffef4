"""framing: how news outlets frame companies."""

__version__ = "0.1.0"
