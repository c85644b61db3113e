// SPDX-License-Identifier: Apache-2.0
// vioreview layout: how composites are divided, and how sure that is. Needs no model.
#include <memory>
#include <ostream>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/exit_codes.h"
#include "cli/inspect_text.h"
#include "core/errors.h"
#include "decode/decode.h"
#include "decode/layout.h"
#include "format/codecs.h"
#include "ingest/read_picture.h"
#include "ingest/values.h"

namespace vioreview {
namespace {

struct Options {
  std::vector<std::string> pictures;
  std::string stated;
  bool json = false;
};

Value value_of(const Layout& layout) {
  Value panels{Value::Array{}}, repeats{Value::Array{}};
  for (const LayoutPanel& panel : layout.panels) {
    Value bands{Value::Array{}};
    for (const Box& band : panel.bands) bands.push(to_value(band));
    panels.push(Value()
                    .set("role", name_of(panel.role))
                    .set("box", to_value(panel.box))
                    .set("bands", std::move(bands)));
  }
  for (const Box& repeat : layout.repeats) repeats.push(to_value(repeat));
  return Value()
      .set("layout", layout.name)
      .set("p", rounded(layout.p))
      .set("sure", layout.p >= kSureLayout)
      .set("doubt", layout.doubt)
      .set("panels", std::move(panels))
      .set("repeats", std::move(repeats));
}

std::string table_of(const Layout& layout) {
  std::string text =
      "  " + layout.name + (layout.p >= kSureLayout ? "" : "  unsure: ") + layout.doubt + "\n";
  for (const LayoutPanel& panel : layout.panels)
    text += "  " + padded(std::string(name_of(panel.role)), 10) + write_json(to_value(panel.box)) +
            "\n";
  return text;
}

int run(const Options& options, Streams& streams) {
  const auto stated = parse_layout(options.stated);
  if (!stated && !options.stated.empty())
    throw UsageError("--stated " + options.stated + ": is no layout; give " + kLayoutForms);
  int code = kDone;
  for (const std::string& path : options.pictures) {
    const auto bytes = read_picture(PictureRef{path, path, Role::composite, {}});
    const auto decoded = bytes ? decode(bytes.value()) : Result<Decoded>(bytes.problem());
    if (!decoded) {
      const Problem& problem = decoded.problem();
      streams.err << path << ": " << problem.reason << ": " << problem.detail << '\n';
      code = kUnprocessed;
      continue;
    }
    const Layout layout = find_layout(decoded.value().image, stated.value_or(""));
    if (options.json)
      streams.out << write_json(value_of(layout).set("file", path)) << '\n';
    else
      streams.out << path << '\n' << table_of(layout);
  }
  return code;
}

}  // namespace

RunCommand declare_layout(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("pictures", options->pictures, "Pictures")->required()->check(CLI::ExistingFile);
  app.add_option("--stated", options->stated, "What the device is said to make: 2x2, 1x3, 1+3 ...");
  app.add_flag("--json", options->json, "One JSON object a picture");
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
