"""``report.html``: one page that explains itself, loads nothing, and opens every estimate."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, final

from framing.report import cells
from framing.report.concordance import Concordance, concordance, names
from framing.report.drawing import inline
from framing.report.material import Figure, Material, printed
from framing.tables import TONE

HERE = Path(__file__).parent
PLACE = "<!-- figures -->"
"""Where the figures go. No text of an article can spell it: what comes from a user is escaped."""


@final
@dataclass(frozen=True)
class Report:
    """The report of a run.

    sentences: at most this many are embedded · top: each estimate has at least so many of its own
    while they fit · title: of the page, None for the experiment's name · rows: cells shown of each
    division, those with most articles first · contrasts: comparisons shown, the clearest first.
    """

    sentences: int = 100_000
    top: int = 20
    title: str | None = None
    rows: int = 500
    contrasts: int = 200

    def __call__(self, material: Material) -> str:
        """The HTML. The same material gives the same bytes; no disk but the page's own templates."""
        return self.illustrated(self.page(material), material.figures)

    def illustrated(self, page: str, figures: Sequence[Figure]) -> str:
        """The page with its figures, which may be drawn while the rest of it is written."""
        section = _template("figures.html.jinja").render(figures=list(_figures(figures)))
        return page.replace(PLACE, section, 1)

    def page(self, material: Material) -> str:
        """The page, with a mark where its figures go."""
        found = concordance(material, self.sentences, self.top)
        tables = cells.tables(material, self.rows)
        contrasts, more_contrasts = cells.contrasts(material, self.contrasts)
        script, style = _beside("page.js"), _beside("page.css")
        page: str = _template("page.html.jinja").render(
            material=material,
            title=self.title or f"Framing cues: {material.experiment}",
            figures=PLACE,
            tables=tables,
            contrasts=contrasts,
            more_contrasts=more_contrasts,
            counts=_counts(material),
            shown=_shown(material),
            flow=material.flow.to_dict("records"),
            settings=list(_flat(material.settings)),
            concordance=found,
            data=_embedded(_data(material, found, tables)),
            printed=printed,
            width=cells.WIDTH,
            height=cells.HEIGHT,
            script=script,
            style=style,
            policy=_policy(script),
        )
        return page


def _template(name: str) -> Any:
    import jinja2

    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    return environment.from_string(_beside(name))


def _beside(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def _policy(script: str) -> str:
    """The content security policy: nothing is loaded, and only this one script runs.

    Styles are allowed inline because the SVG that matplotlib writes carries style attributes, which
    no hash can allow; with nothing loadable, a style can send nothing anywhere.
    """
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    return (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; "
        f"script-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    )


def _embedded(data: Mapping[str, Any]) -> str:
    """JSON that cannot end its script element, whatever the texts hold."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _data(material: Material, found: Concordance, tables: list[cells.Table]) -> dict[str, Any]:
    """What the script needs: sentences, other readings, and how many sentences each cell has."""
    shown = {(table.by, row.outlet, row.actor) for table in tables for row in table.rows}
    totals = [[*key, counts] for key, counts in sorted(found.totals.items()) if key in shown]
    families = {"outlet": names(material, TONE), "actor": names(material, "sentiment")}
    return found.data | {
        "totals": totals,
        "families": families,
        "readings": cells.readings(material, tables),
    }


def _figures(figures: Sequence[Figure]) -> Iterator[dict[str, str]]:
    """The figures that were drawn, ready to stand in the page."""
    for number, figure in enumerate(figures, 1):
        svg = figure.files.get("svg") or figure.files.get(".svg")
        if svg:
            picture = inline(svg, f"f{number}-", figure.alt)
            title = printed(figure.name).capitalize()
            yield {"title": title, "caption": figure.caption, "svg": picture}


def _counts(material: Material) -> list[tuple[str, int]]:
    """How much was read."""
    articles, sentences = material.articles, material.sentences
    actors = material.mentions["actor"]
    return [
        ("articles", len(articles)),
        ("stories", int(articles["story"].nunique())),
        ("outlets", int(articles["outlet"].nunique())),
        ("actors", int(actors.nunique())),
        ("eligible sentences", int(sentences["eligible"].astype(bool).sum())),
        ("cues", len(material.evidence.drop_duplicates(["article", "sentence", "start", "end", "measure"]))),
    ]


def _shown(material: Material) -> str:
    """What the tables show of each cell, in words."""
    _, remarks = cells.chosen(material.estimates)
    unit = "each article its own story" if material.own_stories else "one weight per story"
    choice = f"all voices, {unit}, article means, body text, naive, uncorrected"
    return choice + (f"; where this run holds no such estimate: {', '.join(remarks)}" if remarks else "")


def _flat(settings: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Nested settings as pairs ``frames.hedge``, ``0.5``."""
    if isinstance(settings, Mapping) and settings:
        for key, value in settings.items():
            yield from _flat(value, f"{path}.{key}" if path else str(key))
    elif isinstance(settings, (list, tuple)) and any(isinstance(v, Mapping) for v in settings):
        for number, value in enumerate(settings):
            yield from _flat(value, f"{path}.{number}")
    else:
        yield path, _word(settings)


def _word(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "none"}[value]
    if isinstance(value, (list, tuple)):
        return ", ".join(_word(item) for item in value) or "none"
    return str(value)
