"""The commands of ``framing``: one file each; adding one is adding a file here."""
