#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Fails when a source file sees a layer or a library it may not see, or grows beyond its size.

    check_layers.py [SRC] [--sizes]     --sizes lists the largest files and functions
"""
import argparse
import collections
import fnmatch
import pathlib
import re
import sys

# Module -> the modules it may include beside itself. A stage never includes a sibling.
STAGE = {"core", "format"}
MAY = {
    "core": set(),
    "format": {"core"},
    "ingest": STAGE, "decode": STAGE, "perceive": STAGE, "judge": STAGE, "emit": STAGE, "store": STAGE,
    # Looking at pictures reaches run as a function composed in cli, so run builds without OpenCV and LibTorch.
    "run": STAGE | {"ingest", "judge", "emit", "store"},
    "cli": STAGE | {"ingest", "decode", "perceive", "judge", "emit", "store", "run"},
}

# Library headers -> the .cpp files that may include them (patterns of paths below src).
LIBRARIES = {
    r"sodium(\.h|/)": ["core/*"],
    r"nlohmann/|toml\+\+/|toml\.hpp": ["format/*"],
    r"expat\.h": ["format/*"],
    r"opencv2/": ["decode/*", "perceive/*", "emit/draw*"],
    r"zlib\.h": ["decode/*"],
    r"turbojpeg\.h|jpeglib\.h|jerror\.h": ["decode/*"],
    r"torch/|ATen/|c10/|caffe2/": ["perceive/torch/*"],
    r"tesseract/|leptonica/": ["perceive/tesseract/*"],
    r"sqlite3\.h": ["store/*"],
    r"archive(_entry)?\.h": ["ingest/*"],
    r"httplib\.h": ["serve/*"],
    r"CLI/": ["cli/*"],
    r"ft2build\.h|freetype/|FT_": ["emit/draw*"],
}

# What the system gives and anybody may use: the C++ library (names without dot or slash), POSIX and Linux headers.
SYSTEM = re.compile(r"[a-z0-9_]+$|(sys|linux|arpa|netinet)/[a-z0-9_]+\.h$|(cpuid|dirent|errno|fcntl|iconv|poll|pthread|sched|"
                    r"signal|spawn|stdlib|string|termios|time|unistd)\.h$")

MAX_LINES = {".h": 150, ".cpp": 400}
MAX_FUNCTION = 80
LONG_FUNCTION = 40  # only reported

INCLUDE = re.compile(r'\s*#\s*include\s*([<"])([^>"]+)[>"]')


def fits(path, patterns):
    return any(fnmatch.fnmatch(path, pattern) for pattern in patterns)


def include_complaint(path, quote, header):
    """What is wrong with `header` included by the file at `path` below src; None when nothing is."""
    module = path.split("/")[0]
    top = header.split("/")[0]
    if quote == '"':
        if top not in MAY or "/" not in header:
            return f'"{header}" does not start with a module of src'
        if top != module and top not in MAY[module]:
            return f"{module} may not include {header}"
        return None
    for pattern, homes in LIBRARIES.items():
        if not re.match(pattern, header):
            continue
        if not path.endswith(".cpp"):
            return f"<{header}> in a header: show a library in no header, use it in a .cpp"
        return None if fits(path, homes) else f"<{header}> belongs in {', '.join(homes)}"
    return None if SYSTEM.match(header) else f"<{header}> is of no known library: give it a home in check_layers.py"


def functions(lines):
    """(first line, length) of each function defined at the margin, where clang-format puts its last brace alone."""
    start, inside = None, False
    for number, line in enumerate(lines, 1):
        line = line.split("  //")[0].rstrip()
        if inside:
            if line == "}":
                yield start, number - start + 1
            inside = not line.startswith("}")
            start = start if inside else None
            continue
        if re.match(r"[A-Za-z_\[~]", line):
            other = re.match(r"(namespace|class|struct|enum|union|using|extern)\b", line)
            start = None if other else number
        if line.endswith((";", "= {", "={")) or not line:
            start = None  # a declaration or a table
        elif line.endswith("{") and start:
            inside = True


def examine(src):
    """Complaints about the files below `src`, their line counts and their functions' lengths."""
    complaints, sizes, lengths = [], {}, {}
    for file in sorted(src.rglob("*")):
        if file.suffix not in MAX_LINES:
            continue
        path = file.relative_to(src).as_posix()
        if path.split("/")[0] not in MAY:
            complaints.append(f"{path}: not in a module; name its layer in check_layers.py")
            continue
        lines = file.read_text(encoding="utf-8").splitlines()
        sizes[path] = len(lines)
        if len(lines) > MAX_LINES[file.suffix]:
            complaints.append(f"{path}: {len(lines)} lines, more than {MAX_LINES[file.suffix]}: split it")
        for number, line in enumerate(lines, 1):
            match = INCLUDE.match(line)
            wrong = match and include_complaint(path, match[1], match[2])
            if wrong:
                complaints.append(f"{path}:{number}: {wrong}")
        for number, length in functions(lines):
            lengths[f"{path}:{number}"] = length
            if length > MAX_FUNCTION:
                complaints.append(f"{path}:{number}: a function of {length} lines, more than {MAX_FUNCTION}: split it")
    return complaints, sizes, lengths


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("src", nargs="?", type=pathlib.Path, default=pathlib.Path(__file__).parent.parent / "src")
    parser.add_argument("--sizes", action="store_true")
    arguments = parser.parse_args()
    complaints, sizes, lengths = examine(arguments.src)
    if not sizes:
        complaints.append(f"{arguments.src}: no source files here")
    if arguments.sizes:
        for counts in (sizes, lengths):
            for name, count in collections.Counter(counts).most_common(10):
                print(f"{count:5} {name}")
            print()
    for complaint in complaints:
        print(complaint)
    long = sum(length > LONG_FUNCTION for length in lengths.values())
    print(f"{len(sizes)} files, {sum(sizes.values())} lines, {len(lengths)} functions, {long} longer than "
          f"{LONG_FUNCTION} lines; {len(complaints) or 'no'} complaints")
    return bool(complaints)


if __name__ == "__main__":
    sys.exit(main())
