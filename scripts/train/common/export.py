# SPDX-License-Identifier: Apache-2.0
"""Writes a model folder: plain TorchScript, card.toml, and the curves of its training."""
import hashlib
import json
import tomllib

import torch

WRITTEN = ("name", "task", "version", "file", "sha256")   # at the top of every card


def export_script(net, example, path):
    """Traces the net in eval mode, without optimize_for_inference (that loses the weights on saving)."""
    net.eval()
    with torch.no_grad():
        torch.jit.save(torch.jit.trace(net, example, check_trace=False), str(path))


def toml_value(value):
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{k} = {toml_value(v)}" for k, v in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(toml_value(v) for v in value) + "]"
    if isinstance(value, float):
        return repr(round(value, 6))
    return json.dumps(value, ensure_ascii=False)


def write_card(folder, name, task, fields, tables):
    """`fields` stand at the top, `tables` follow; the file's hash is taken here. Returns the card's path."""
    file = folder / f"{name}.pt"
    sha = hashlib.sha256(file.read_bytes()).hexdigest()
    head = {"name": name, "task": task, "version": "1", "file": file.name, "sha256": sha, **fields}
    lines = [f"{k} = {toml_value(v)}" for k, v in head.items()]
    for table, members in tables.items():
        lines += ["", f"[{table}]"] + [f"{k} = {toml_value(v)}" for k, v in members.items()]
    (folder / "card.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder / "card.toml"


def rewrite_calibration(folder, calibration):
    """Writes calibration entries of a trained model into its card; all else stays."""
    card = tomllib.loads((folder / "card.toml").read_text(encoding="utf-8"))
    fields = {name: value for name, value in card.items() if name not in WRITTEN and not isinstance(value, dict)}
    tables = {name: value for name, value in card.items() if isinstance(value, dict)}
    tables["calibration"] |= calibration
    write_card(folder, card["name"], card["task"], fields, tables)


def write_curves(path, history, title):
    """One panel for each series of `history` ({name: [(minute, value), ...]})."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(1, len(history), figsize=(4.5 * len(history), 3.2), squeeze=False)
    for axis, (name, points) in zip(axes[0], history.items()):
        axis.plot(*zip(*points)) if points else None
        axis.set_title(name)
        axis.set_xlabel("minutes")
        axis.grid(True, alpha=.3)
    figure.suptitle(title)
    figure.tight_layout()
    figure.savefig(path, dpi=80)
