"""Tables to ink: figures for a paper and LaTeX tables, as bytes; another room writes them."""

from framing.figures.drawn import AxisInfo, Drawn
from framing.figures.figures import Figures
from framing.figures.latex import Table, Tables

__all__ = ["AxisInfo", "Drawn", "Figures", "Table", "Tables"]
