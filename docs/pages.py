"""Pages that are made when the site is built: from the docstrings, the commands and the tables."""

import inspect
from typing import Any

import click
import typer
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

import kawat
from kawat.cli.app import app
from kawat.look.codebook import codebook


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the reference to the pages of the site."""
    pages = {"python": python_page(), "commands": commands_page(), "codebook": codebook()}
    for name, text in pages.items():
        files.append(File.generated(config, f"reference/{name}.md", content=text))
    return files


def python_page() -> str:
    """Return every public name of the package with its signature and docstring."""
    parts = ["# Python\n", "```text", inspect.cleandoc(kawat.__doc__ or ""), "```\n"]
    for name in sorted(kawat.__all__):
        thing = getattr(kawat, name)
        if inspect.isclass(thing) or inspect.isfunction(thing):
            parts += [f"## {name}\n", "```python", f"{name}{_signature(thing)}", "```\n"]
            parts += ["```text", inspect.getdoc(thing) or "", "```\n"]
    return "\n".join(parts)


def _signature(thing: Any) -> str:
    try:
        return str(inspect.signature(thing))
    except (TypeError, ValueError):
        return ""


def commands_page() -> str:
    """Return the help of every command."""
    root = typer.main.get_command(app)
    parts = ["# Command line\n"]
    for name, command in _commands(root, "kawat"):
        context = click.Context(command, info_name=name, terminal_width=96)
        parts += [f"## {name}\n", "```text", command.get_help(context), "```\n"]
    return "\n".join(parts)


def _commands(command: Any, name: str) -> list[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        return [(name, command)]
    return [found for key in sorted(inner) for found in _commands(inner[key], f"{name} {key}")]
