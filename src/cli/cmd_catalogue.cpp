// SPDX-License-Identifier: Apache-2.0
// vioreview catalogue: the violations as data, and which of their checks are built.
#include <algorithm>
#include <memory>
#include <ostream>
#include <set>

#include <CLI/CLI.hpp>

#include "cli/commands.h"
#include "cli/configuration.h"
#include "cli/exit_codes.h"
#include "core/errors.h"
#include "format/value.h"
#include "judge/judge.h"

namespace vioreview {
namespace {

struct Options {
  std::string code, file, lang;
  bool json = false, knobs = false;
};

std::set<std::string> built_ids() {
  std::set<std::string> ids;
  for (const CheckInfo& check : built_checks()) ids.emplace(check.id);
  return ids;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

Value described(const Violation& v, const std::set<std::string>& built) {
  Value checks{Value::Array{}}, aliases{Value::Array{}};
  for (const NeededCheck& check : v.checks)
    checks.push(Value().set("check", check.check).set("built", built.contains(check.check)));
  for (const std::string& alias : v.aliases) aliases.push(alias);
  Value value;
  value.set("code", v.code).set("aliases", std::move(aliases)).set("zh", v.zh).set("en", v.en);
  value.set("group", v.group).set("source", v.source).set("only_manual", v.only_manual);
  return value.set("min_panels", v.min_panels).set("checks", std::move(checks));
}

std::size_t missing_checks(const Violation& v, const std::set<std::string>& built) {
  return static_cast<std::size_t>(
      std::count_if(v.checks.begin(), v.checks.end(),
                    [&](const NeededCheck& c) { return !built.contains(c.check); }));
}

void print_line(const Violation& v, const std::set<std::string>& built, bool chinese,
                std::ostream& out) {
  const std::size_t missing = missing_checks(v, built);
  out << v.code << "  " << (chinese ? v.zh : v.en);
  if (!v.aliases.empty()) out << "  (" << joined(v.aliases) << ")";
  if (v.only_manual)
    out << (chinese ? "  只建议人工" : "  only manual");
  else if (missing > 0)
    out << (chinese ? "  未建审核项 " : "  checks not built yet: ") << missing;
  out << '\n';
}

void print_one(const Violation& v, const std::set<std::string>& built, bool chinese,
               std::ostream& out) {
  print_line(v, built, chinese, out);
  out << (chinese ? "  组 " : "  group ") << v.group
      << (chinese ? ", 至少分图 " : ", panels at least ") << v.min_panels;
  if (!v.panel_roles.empty()) out << " (" << joined(v.panel_roles) << ")";
  out << '\n' << (chinese ? "  来源 " : "  source ") << v.source << '\n';
  for (const NeededCheck& check : v.checks)
    out << "    " << (built.contains(check.check) ? "+ " : "- ") << check.check << '\n';
  out << (chinese ? "  + 已建, - 未建 (转人工)\n" : "  + built, - not built yet (manual)\n");
}

// What a policy may set under [knobs].
void print_knobs(std::ostream& out) {
  for (const CheckInfo& check : built_checks())
    for (const Knob& knob : check.knobs)
      out << '"' << check.id << '.' << knob.name << "\" = " << knob.fallback << "  # " << knob.low
          << " to " << knob.high << ": " << knob.help << '\n';
}

int run(const Options& options, Streams& streams) {
  if (options.knobs) {
    print_knobs(streams.out);
    return kDone;
  }
  const Catalogue catalogue = load_catalogue(options.file);
  const auto built = built_ids();
  const bool chinese = speaks_chinese(options.lang);
  const Violation* one = nullptr;
  if (!options.code.empty()) {
    one = find_violation(catalogue, options.code);
    if (!one)
      throw UsageError(options.code +
                       ": not in the catalogue; `vioreview catalogue` lists the known codes");
  }
  for (const Violation& v : catalogue.violations) {
    if (one && one != &v) continue;
    if (options.json)
      streams.out << write_json(described(v, built)) << '\n';
    else if (one)
      print_one(v, built, chinese, streams.out);
    else
      print_line(v, built, chinese, streams.out);
  }
  return kDone;
}

}  // namespace

RunCommand declare_catalogue(CLI::App& app) {
  auto options = std::make_shared<Options>();
  app.add_option("code", options->code, "Show one violation with its checks; any alias will do");
  app.add_option("--catalogue", options->file, "A catalogue of your own (TOML)")
      ->check(CLI::ExistingFile);
  app.add_option("--lang", options->lang, "zh or en")->check(CLI::IsMember({"zh", "en"}));
  app.add_flag("--json", options->json, "One JSON object a violation");
  app.add_flag("--knobs", options->knobs,
               "List the numbers of single checks that a policy may set");
  return [options](Streams& streams) { return run(*options, streams); };
}

}  // namespace vioreview
