"""Tables for a paper: booktabs LaTeX, and the same numbers in full as CSV."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple, final

from framing.errors import ConfigurationError
from framing.figures.drawn import AxisInfo

if TYPE_CHECKING:
    import pandas as pd
    from pandas.io.formats.style import Styler

    from framing.figures.cells import Cells

NAMES = ("outlets", "companies", "contrasts", "flow")
WORDS = ("Outlet", "Company", "Actor", "against", "measure", "Stage", "Reason")
"""Heads of the columns of words: the only ones whose characters LaTeX could take for commands."""


class Table(NamedTuple):
    """One table: its name, the LaTeX (UTF-8) and the CSV (every row, full precision)."""

    name: str
    tex: bytes
    csv: bytes


@final
@dataclass(frozen=True)
class Tables:
    """Tables of a run as LaTeX and CSV.

    names: which tables · digits: decimals in LaTeX · rows: at most so many in LaTeX, those with
    most articles (contrasts: the smallest p); the caption counts the others, and the CSV holds them
    · voice … corrected: which estimate of a cell is shown · level: of its interval, as it was estimated.
    """

    names: tuple[str, ...] = NAMES
    digits: int = 3
    rows: int = 40
    voice: str = "all"
    copies: str = "one_per_story"
    weight: str = "article"
    part: str = "body"
    estimator: str = "naive"
    corrected: bool = False
    level: float = 0.95

    def __post_init__(self) -> None:
        for name in self.names:
            if name not in NAMES:
                raise ConfigurationError(f"tables.names: no table {name!r}; there are {', '.join(NAMES)}")

    def __call__(
        self,
        estimates: pd.DataFrame,
        contrasts: pd.DataFrame,
        flow: pd.DataFrame,
        axes: Sequence[AxisInfo],
        actors: pd.DataFrame | None = None,
    ) -> list[Table]:
        """The tables in the order of ``names``; one without rows still has its head."""
        from framing.figures.cells import Choice, choose

        choice = Choice(self.voice, self.copies, self.weight, self.part, self.estimator, self.corrected)
        cells = choose(estimates, choice)
        made = {
            "outlets": lambda: self._cells(cells, "outlet", axes, None),
            "companies": lambda: self._cells(cells, "actor", axes, actors),
            "contrasts": lambda: self._contrasts(contrasts, axes),
            "flow": lambda: self._flow(flow),
        }
        return [Table(name, *made[name]()) for name in self.names]

    def _cells(
        self, cells: Cells, side: str, axes: Sequence[AxisInfo], actors: pd.DataFrame | None
    ) -> tuple[bytes, bytes]:
        """Outlets or companies: counts, then net, interval and both poles of each axis, tone, VADER."""
        measures = [m for axis in axes for m in axis.measures] + ["tone", "vader"]
        full = cells.wide(side, (side,), measures).rename(columns={side: "name"})
        if actors is not None:
            full = full[full["name"].isin(actors.loc[actors["kind"] == "company", "actor"])]
        full = full.sort_values(["n_articles", "name"], ascending=[False, True], ignore_index=True)
        columns: dict[tuple[str, str], Any] = {
            ("", "Outlet" if side == "outlet" else "Actor" if actors is None else "Company"): full["name"],
            ("", "Articles"): full["n_articles"].map(_count),
            ("", "Stories"): full["n_stories"].map(_count),
        }
        for axis in axes:
            columns[axis.label, "net"] = full[axis.net].map(self._number)
            columns[axis.label, f"{self.level * 100:g}% interval"] = self._intervals(full, axis.net)
            columns[axis.label, axis.plus] = full[axis.positive].map(self._number)
            columns[axis.label, axis.minus] = full[axis.negative].map(self._number)
        columns["sentiment", "tone"] = full["tone"].map(self._number)
        columns["sentiment", "VADER"] = full["vader"].map(self._number)
        what = "outlet" if side == "outlet" else "actor" if actors is None else "company"
        caption = (
            f"Framing cues in the text by {what} (voice: {cells.voice}): means over articles; "
            f"{self.level * 100:g}% intervals clustered by story, none where there is but one story or value."
        )
        return self._tex(columns, caption, f"tab:{what}"), _csv(full)

    def _contrasts(self, contrasts: pd.DataFrame, axes: Sequence[AxisInfo]) -> tuple[bytes, bytes]:
        """Each outlet against its reference, on the net of each axis, the smallest p first."""
        import pandas as pd

        labels = {axis.net: f"net: {axis.plus} − {axis.minus}" for axis in axes}
        labels |= {pole: pole.replace("_", "-") for axis in axes for pole in (axis.positive, axis.negative)}
        table = self._chosen(contrasts)
        table = table[(table["by"] == "outlet") & table["measure"].isin(list(labels))]
        # A pole stands right under its net, whatever its own p.
        nets = table[table["measure"].isin([axis.net for axis in axes])]
        keys = ["outlet", "reference_outlet"]
        of_pole = {m: axis.net for axis in axes for m in axis.measures}
        table = table.assign(net=table["measure"].map(of_pole), order=table["measure"].map(list(labels).index))
        rank = nets[[*keys, "measure", "p"]].rename(columns={"measure": "net", "p": "rank"})
        table = table.merge(rank.drop_duplicates([*keys, "net"]), on=[*keys, "net"], how="left")
        table["order"] = table["order"].where(~table["measure"].isin([a.net for a in axes]), -1)
        table = table.sort_values(["rank", "net", *keys, "order"], ignore_index=True)
        table = table.drop(columns=["net", "order", "rank"])
        columns: dict[tuple[str, str], Any] = {
            ("", "Outlet"): table["outlet"],
            ("", "against"): table["reference_outlet"].replace(["*", "(others)"], "the others"),
            ("", "measure"): table["measure"].map(labels),
            ("", "difference"): pd.to_numeric(table["difference"]).map(self._number),
            ("", f"{self.level * 100:g}% interval"): self._intervals(table, ""),
            ("", "p"): table["p"].map(_chance),
            ("", "q"): table["q"].map(_chance),
            ("", "smallest detectable"): table["smallest_detectable"].map(self._number),
        }
        caption = (
            f"Differences between outlets; {self.level * 100:g}% intervals clustered by story; q: "
            "Benjamini–Hochberg within measure and voice; smallest difference detectable at 80% power."
        )
        return self._tex(columns, caption, "tab:contrasts"), _csv(table)

    def _chosen(self, contrasts: pd.DataFrame) -> pd.DataFrame:
        """The contrasts in the voice and by the estimator of the other tables."""
        table = contrasts
        for column in ("voice", "copies", "weight", "part", "estimator", "corrected"):
            wanted = getattr(self, column)
            if (table[column] == wanted).any():
                table = table[table[column] == wanted]
        return table

    def _flow(self, flow: pd.DataFrame) -> tuple[bytes, bytes]:
        """What became of every document, in the order of the run."""
        columns: dict[tuple[str, str], Any] = {
            ("", "Stage"): flow["stage"],
            ("", "Reason"): flow["reason"],
            ("", "Documents"): flow["documents"].map(_count),
            ("", "Sentences"): flow["sentences"].map(_count),
        }
        caption = "Documents read, kept and left out, by stage and reason; notes remark on articles that were kept."
        return self._tex(columns, caption, "tab:flow"), _csv(flow)

    def _number(self, value: float) -> str:
        """A score in TeX: with a minus sign that is no hyphen, empty where there is none."""
        if _missing(value):
            return "--"
        text = f"{value:.{self.digits}f}"
        text = text.lstrip("-") if float(text) == 0 else text
        return f"$-${text[1:]}" if text.startswith("-") else text

    def _intervals(self, table: pd.DataFrame, measure: str) -> list[str]:
        ends = ("low", "high") if not measure else (f"{measure}_low", f"{measure}_high")
        pairs = zip(table[ends[0]], table[ends[1]], strict=True)
        return ["--" if _missing(low) else f"[{self._number(low)}, {self._number(high)}]" for low, high in pairs]

    def _tex(self, columns: dict[tuple[str, str], Any], caption: str, label: str) -> bytes:
        """A ``table`` environment; words are escaped, numbers are TeX already."""
        import pandas as pd

        shown = pd.DataFrame(columns)
        left = max(len(shown) - self.rows, 0)
        if left:
            caption += f" {left} further rows are in the CSV."
        flat = all(not group for group, _ in columns)
        if flat:
            shown.columns = pd.Index([name for _, name in columns])
        words: list[Hashable] = [name if flat else (group, name) for group, name in columns if name in WORDS]
        style = shown.head(self.rows).style.hide(axis="index")
        style = style.format(_line, subset=words, escape="latex").format_index(escape="latex", axis=1)
        return _written(style, "l" * len(words) + "r" * (len(columns) - len(words)), caption, label)


def _line(text: object) -> str:
    """Escaped words on one line; a first ``[`` or ``*`` would be read as an option of the last ``\\\\``."""
    text = "" if text is None or text != text else " ".join(str(text).split()).replace("−", "$-$")
    return "{}" + text if text[:1] in ("[", "*") else text


def _written(style: Styler, alignment: str, caption: str, label: str) -> bytes:
    escaped = caption.replace("%", r"\%").replace("_", r"\_").replace("–", "--")
    body = style.to_latex(
        hrules=True,
        column_format=alignment,
        multicol_align="c",
        position="tbp",
        position_float="centering",
        caption=escaped,
        label=label,
    )
    head = "% needs \\usepackage{booktabs}, UTF-8 input\n"
    # Two axes make thirteen columns, which the width of a page holds in small type only.
    size = "\\scriptsize\n\\setlength{\\tabcolsep}{3pt}" if len(alignment) > 10 else "\\footnotesize"
    return (head + body.replace("\\begin{tabular}", f"{size}\n\\begin{{tabular}}")).encode()


def _csv(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False, lineterminator="\n").encode()


def _count(number: float) -> str:
    return "--" if _missing(number) else f"{int(number):,}"


def _missing(value: float | None) -> bool:
    """True for a null, however pandas writes it."""
    return value is None or isnan(value)


def _chance(p: float) -> str:
    """A p or q value; below .001 its digits mean nothing."""
    if _missing(p):
        return "--"
    return "$<$.001" if p < 0.001 else f"{p:.3f}".lstrip("0")
