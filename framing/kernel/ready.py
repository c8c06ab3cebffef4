"""Importing this module loads every kernel there is: for the server that workers are forked from.

A worker would take a second to load them, once for each worker.
"""

import importlib
import pkgutil

import framing.kernel
from framing.kernel.jit import load_kernels

for _module in pkgutil.iter_modules(framing.kernel.__path__):
    importlib.import_module(f"framing.kernel.{_module.name}")
load_kernels()
