"""Tables to one HTML page: estimates that open their sentences."""

from framing.report.material import Axis, Figure, Material
from framing.report.report import Report

__all__ = ["Axis", "Figure", "Material", "Report"]
