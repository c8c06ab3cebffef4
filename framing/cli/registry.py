"""Which class stands behind ``tool: NAME`` in a YAML file; no class path ever comes from YAML.

Groups are in the order in which they are read and built; each is a field of ``Experiment``.
``None`` means that the choice is to have no such tool (the field becomes None).
"""

from __future__ import annotations

EXPERIMENT = "framing.experiment:Experiment"
"""What the tools are handed to; its fields are the groups and the global keys."""

TOOLS: dict[str, dict[str, str | None]] = {
    "corpus": {"files": "framing.corpus.reader:Reader"},
    "clean": {"lines": "framing.corpus.clean:Lines", "none": "framing.corpus.clean:Whole"},
    "stories": {"own": "framing.survey:Surveyor"},
    "text": {"punkt": "framing.text:Text"},
    "roster": {"shipped": "framing.mentions:Finder", "given": "framing.mentions:Given"},
    "sentiment": {"rules": "framing.sentiment:Rules", "vader": "framing.sentiment:Vader"},
    "frames": {"rules": "framing.frames:Rules"},
    "voice": {"rules": "framing.voice:Rules"},
    "targets": {"rules": "framing.targets:Rules"},
    "aggregate": {"sums": "framing.aggregate:Aggregate"},
    "estimate": {"estimate": "framing.estimate:Estimate", "none": None},
    "figures": {"figures": "framing.figures:Figures", "none": None},
    "tables": {"tables": "framing.figures:Tables", "none": None},
    "report": {"page": "framing.report:Report", "none": None},
    "archive": {"crate": "framing.archive:Archive", "none": None},
    "executor": {"serial": "framing.executor:Serial", "processes": "framing.executor:Processes"},
}
"""group → tool name → "module:Class"."""
