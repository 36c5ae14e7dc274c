"""Tests without WebAssembly. The pretended host has to be there before any plugin is imported."""

from . import host  # noqa: F401
