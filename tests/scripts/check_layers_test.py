#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The layer test must see what it forbids."""
import pathlib
import subprocess
import sys
import tempfile
import unittest

SCRIPT = pathlib.Path(__file__).parents[2] / "scripts" / "check_layers.py"


def function(lines):
    return "int f(int a,\n      int b) {\n" + "  ++a;\n" * (lines - 3) + "}\n"


class CheckLayers(unittest.TestCase):
    def check(self, files):
        """Exit code and output for a tree of these files."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in files.items():
                file = pathlib.Path(folder, name)
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8")
            done = subprocess.run([sys.executable, SCRIPT, folder], capture_output=True, text=True, check=False)
            self.assertEqual(done.stderr, "")
            return done.returncode, done.stdout

    def assert_good(self, name, text):
        code, output = self.check({name: text})
        self.assertEqual(code, 0, output)

    def assert_bad(self, name, text, complaint):
        code, output = self.check({name: text})
        self.assertEqual(code, 1, output)
        self.assertIn(complaint, output)

    def test_layers(self):
        self.assert_good("judge/a.cpp", '#include "judge/judge.h"\n#include "core/case.h"\n#include "format/value.h"\n')
        self.assert_good("cli/a.cpp", '#include "run/review.h"\n#include "perceive/perceiver.h"\n')
        self.assert_bad("judge/a.cpp", '#include "emit/emit.h"\n', "judge/a.cpp:1: judge may not include emit/emit.h")
        self.assert_bad("core/a.h", '#include "format/value.h"\n', "core may not include format/value.h")
        self.assert_bad("format/a.h", '#include "judge/judge.h"\n', "format may not include judge/judge.h")
        self.assert_bad("run/a.cpp", '#include "decode/decode.h"\n', "run may not include decode/decode.h")
        self.assert_bad("emit/a.cpp", '#include "run/review.h"\n', "emit may not include run/review.h")
        self.assert_bad("emit/a.cpp", '  #  include "../judge/judge.h"\n', "does not start with a module")
        self.assert_bad("emit/a.cpp", '#include "emit.h"\n', "does not start with a module")
        self.assert_bad("helpers/a.cpp", "", "not in a module")

    def test_libraries_stay_at_home(self):
        self.assert_good("perceive/torch/a.cpp", "#include <torch/script.h>\n#include <ATen/Parallel.h>\n")
        self.assert_good("emit/draw_text.cpp", "#include <opencv2/imgproc.hpp>\n#include <ft2build.h>\n")
        self.assert_good("store/a.cpp", "#include <sqlite3.h>\n#include <sys/stat.h>\n#include <vector>\n")
        for name, header in [("perceive/a.cpp", "torch/script.h"), ("emit/manifest.cpp", "opencv2/core.hpp"),
                             ("judge/a.cpp", "nlohmann/json.hpp"), ("cli/a.cpp", "toml++/toml.h"),
                             ("run/a.cpp", "sqlite3.h"), ("run/a.cpp", "CLI/CLI.hpp"), ("emit/a.cpp", "sodium.h"),
                             ("perceive/a.cpp", "turbojpeg.h"), ("decode/a.cpp", "freetype/freetype.h")]:
            self.assert_bad(name, f"#include <{header}>\n", f"{name}:1: <{header}> belongs in")
        self.assert_bad("store/a.h", "#include <sqlite3.h>\n", "in a header")
        self.assert_bad("cli/a.cpp", "#include <boost/asio.hpp>\n", "of no known library")
        self.assert_bad("cli/a.cpp", "#include <lz4.h>\n", "of no known library")

    def test_sizes(self):
        self.assert_good("core/a.h", "//\n" * 150)
        self.assert_bad("core/a.h", "//\n" * 151, "core/a.h: 151 lines, more than 150")
        self.assert_good("core/a.cpp", "//\n" * 400)
        self.assert_bad("core/a.cpp", "//\n" * 401, "core/a.cpp: 401 lines, more than 400")

    def test_functions(self):
        self.assert_good("core/a.cpp", function(80))
        self.assert_bad("core/a.cpp", "//\n" + function(81), "core/a.cpp:2: a function of 81 lines, more than 80")
        table = "constexpr int kTable[] = {\n" + "    1,\n" * 100 + "};\n"
        declaration = "int g(int a,\n      int b);\n" + "// words\n" * 70
        self.assert_good("core/a.cpp", declaration + table + function(10) + "struct S {\n" + "  int a;\n" * 100 + "};\n")
        code, output = self.check({"core/a.cpp": function(40) + function(41) + table})
        self.assertEqual(code, 0)
        self.assertIn("2 functions, 1 longer than 40 lines", output)

    def test_an_empty_folder_is_no_success(self):
        code, output = self.check({})
        self.assertEqual(code, 1)
        self.assertIn("no source files", output)


if __name__ == "__main__":
    unittest.main()
