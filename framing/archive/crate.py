"""The archive's description of itself: an RO-Crate 1.1 that follows Process Run Crate 0.5.

Which files, made by which software, from which settings and which corpus (by hash). The profile's
*should* for an end time and an agent are left out on purpose: an archive holds no clock and no user.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from framing.archive.sign import Signature

VERSION = "1.1"
"""Process Run Crate 0.5 builds on RO-Crate 1.1; the library would write a later one."""
PROFILE = "https://w3id.org/ro/wfrun/process/0.5"
CONTEXT = "https://w3id.org/ro/terms/workflow-run/context"
PUBLISHED = "1980-01-01T00:00:00+00:00"
"""RO-Crate demands a date and the archive must not hold a clock: the first day a zip can name."""
DESCRIPTION = (
    "Scores and estimates of framing cues in news texts, with all settings, as computed by framing. "
    "Dates in this archive are fixed, so that the same run gives the same bytes."
)
LICENSE = (
    "No licence is granted by this file; ask whoever gave it to you. "
    "The article texts it was computed from belong to their publishers."
)
FORMATS: Mapping[str, str] = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tex": "text/x-tex",
    ".txt": "text/plain",
    ".yaml": "application/yaml",
}
SAID: Mapping[str, str] = {
    "articles.parquet": "One row an article",
    "config.yaml": "Every setting that can change a number",
    "contrasts.csv": "Comparisons between cells",
    "estimates.csv": "Estimates with intervals",
    "estimates.parquet": "Estimates with intervals",
    "evidence.parquet": "One row a cue for one actor",
    "flow.csv": "Documents read, kept and left out, by reason",
    "mentions.parquet": "One row an actor named in a sentence",
    "report.html": "The report, with sentences of the articles",
    "scores.csv": "Article × actor × voice",
    "scores.parquet": "Article × actor × voice",
    "sentences.parquet": "One row a sentence",
    "signature.txt": "The signature of the run",
    "texts.parquet": "The texts of the articles",
}
INPUTS = ("config.yaml", "texts.parquet")
"""What the run consumed; all other files are its results."""


def write_crate(root: Path, names: Sequence[str], signature: Signature, terms: str = LICENSE) -> None:
    """Writes ``ro-crate-metadata.json`` into ``root``, describing the files ``names`` there."""
    from rocrate.model.contextentity import ContextEntity  # type: ignore[import-untyped]
    from rocrate.model.softwareapplication import SoftwareApplication  # type: ignore[import-untyped]
    from rocrate.rocrate import ROCrate  # type: ignore[import-untyped]

    crate = ROCrate(version=VERSION, gen_preview=False)
    crate.metadata.extra_contexts.append(CONTEXT)
    files = [crate.add_file(dest_path=name, properties=_file(root / name, name)) for name in sorted(names)]
    profile = {"@type": "CreativeWork", "name": "Process Run Crate", "version": "0.5"}
    software = {"name": "framing", "softwareVersion": signature.version}
    conforms = crate.add(ContextEntity(crate, PROFILE, properties=profile))
    tool = crate.add(SoftwareApplication(crate, "#framing", properties=software))
    corpus = crate.add(ContextEntity(crate, "#corpus", properties=_corpus(signature)))
    action = crate.add(ContextEntity(crate, f"#run-{signature.digest[:12]}", properties=_action(signature)))
    action["instrument"] = tool
    action["object"] = [file for file in files if file.id in INPUTS] + [corpus]
    action["result"] = [file for file in files if file.id not in INPUTS]
    root_properties: dict[str, Any] = {
        "name": f"framing run: {signature.experiment}",
        "description": DESCRIPTION,
        "datePublished": PUBLISHED,
        "license": terms,
        "conformsTo": conforms,
        "mentions": action,
    }
    for key, value in root_properties.items():
        crate.root_dataset[key] = value
    crate.metadata.write(root)


def _file(path: Path, name: str) -> dict[str, Any]:
    """The properties of a file: name, size, format, hash."""
    with path.open("rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    properties = {
        "name": name,
        "contentSize": str(path.stat().st_size),
        "encodingFormat": FORMATS.get(path.suffix, "application/octet-stream"),
        "sha256": digest,
    }
    return properties | ({"description": SAID[name]} if name in SAID else {})


def _corpus(signature: Signature) -> dict[str, Any]:
    """The corpus, which is not in the archive: known by its hash alone."""
    return {
        "@type": "CreativeWork",
        "name": f"corpus of {signature.articles} articles",
        "identifier": f"sha256:{signature.corpus}",
        "sha256": signature.corpus,
    }


def _action(signature: Signature) -> dict[str, Any]:
    """The run."""
    return {
        "@type": "CreateAction",
        "name": f"Run of experiment {signature.experiment}",
        "description": signature.line,
        "identifier": f"sha256:{signature.digest}",
        "actionStatus": {"@id": "http://schema.org/CompletedActionStatus"},
    }
