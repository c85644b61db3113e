// SPDX-License-Identifier: Apache-2.0
// Catalogue, policy and model cards from TOML.
#include <algorithm>
#include <fstream>
#include <iterator>

#include "core/errors.h"
#include "core/reason.h"
#include "core/sha256.h"
#include "format/codecs.h"
#include "format/table.h"

namespace vioreview {
namespace {

using CheckSets = std::map<std::string, std::vector<NeededCheck>>;

// "name", "name:reason", or "@set" for a set defined above.
void append_check(const std::string& text, const CheckSets& sets, Table& where,
                  std::vector<NeededCheck>& checks) {
  if (text.starts_with('@')) {
    const auto set = sets.find(text.substr(1));
    if (set == sets.end()) where.fail("checks", "names the unknown set " + text);
    checks.insert(checks.end(), set->second.begin(), set->second.end());
    return;
  }
  const std::size_t colon = text.find(':');
  NeededCheck check{text.substr(0, colon),
                    colon == std::string::npos ? "" : text.substr(colon + 1)};
  if (!check.when_fails.empty() && !find_reason(check.when_fails))
    where.fail("checks", "names the reason " + check.when_fails + ", which is not in reasons.csv");
  checks.push_back(std::move(check));
}

std::vector<NeededCheck> read_checks(Table& table, const CheckSets& sets) {
  std::vector<NeededCheck> checks;
  for (const std::string& text : table.texts("checks")) append_check(text, sets, table, checks);
  return checks;
}

CheckSets read_sets(Table table) {
  CheckSets sets;
  for (const std::string& name : table.keys()) {
    std::vector<NeededCheck> checks;
    for (const std::string& text : table.texts(name)) append_check(text, sets, table, checks);
    sets[name] = std::move(checks);
  }
  return sets;
}

Needs read_needs(Table& table) {
  Needs needs;
  for (const std::string& need : table.texts("needs")) {
    if (need == "signals")
      needs.signals = true;
    else if (need == "markings")
      needs.markings = true;
    else if (need == "overlay")
      needs.overlay = true;
    else if (need != "vehicles" && need != "plates")
      table.fail("needs",
                 "names " + need + "; known are vehicles, plates, signals, markings, overlay");
  }
  return needs;
}

Violation read_violation(Table& table, const CheckSets& sets) {
  Violation v;
  v.code = table.need_text("code");
  v.aliases = table.texts("aliases");
  v.zh = table.need_text("zh");
  v.en = table.need_text("en");
  v.group = table.need_text("group");
  v.source = table.text("source");
  v.only_manual = table.flag("only_manual", false);
  v.min_panels = static_cast<int>(table.number("min_panels", 1));
  v.panel_roles = table.texts("panel_roles");
  v.min_interval_s = table.number("min_interval_s", 0);
  v.max_interval_s = table.number("max_interval_s", 0);
  v.duplicate_window_s = table.number("duplicate_window_s", 0);
  v.needs_displacement = table.flag("needs_displacement", false);
  if (table.find("over_from")) v.over_from = table.number("over_from", 0);
  if (table.find("over_to")) v.over_to = table.number("over_to", 0);
  v.not_for_medium_or_larger = table.flag("not_for_medium_or_larger", false);
  v.checks = read_checks(table, sets);
  v.needs = read_needs(table);
  if (v.checks.empty())
    table.fail("checks", "is missing: a violation without a check would always be accepted");
  table.done();
  return v;
}

Limits read_limits(Table& table, Limits base) {
  const Limits limits{table.number("accept", base.accept), table.number("reject", base.reject)};
  for (const auto& [key, limit] :
       {std::pair("accept", limits.accept), std::pair("reject", limits.reject)})
    if (!(limit > 0 && limit <= 1)) table.fail(key, "must lie above 0 and at most at 1");
  return limits;
}

std::array<float, 3> read_channels(Table& table, std::string_view key, float otherwise) {
  const std::vector<double> numbers = table.numbers(key);
  if (numbers.empty()) return {otherwise, otherwise, otherwise};
  if (numbers.size() != 3) table.fail(key, "must be three numbers, for R, G and B");
  return {static_cast<float>(numbers[0]), static_cast<float>(numbers[1]),
          static_cast<float>(numbers[2])};
}

// What a measured number says to people: "0.983 (n = 1000, test-public/ccpd1000)".
std::string accuracy_text(const Value& value) {
  if (const auto* text = value.as_string()) return *text;
  if (!value.as_object()) return write_json(value);
  std::string text, rest;
  for (const auto& [key, member] : *value.as_object()) {
    const std::string shown = member.as_string() ? *member.as_string() : write_json(member);
    if (key == "value")
      text = shown;
    else
      rest += (rest.empty() ? "" : ", ") + (key == "data" ? shown : key + " = " + shown);
  }
  return rest.empty() ? text : text + " (" + rest + ")";
}

}  // namespace

Catalogue catalogue_from_toml(std::string_view text, std::string_view file) {
  const Value root = parse_toml(text, file);
  Table table(root, file, "the catalogue");
  Catalogue catalogue;
  catalogue.sha256 = sha256(text);
  catalogue.version = table.need_text("version");
  const CheckSets sets = read_sets(table.table("sets"));
  std::vector<std::string> codes;
  for (Table& block : table.tables("violation")) {
    Violation v = read_violation(block, sets);
    std::vector<std::string> own = v.aliases;
    own.push_back(v.code);
    for (const std::string& code : own) {
      if (std::find(codes.begin(), codes.end(), code) != codes.end())
        block.fail("code", code + " stands twice");
      codes.push_back(code);
    }
    catalogue.violations.push_back(std::move(v));
  }
  table.done();
  return catalogue;
}

Policy policy_from_toml(std::string_view text, std::string_view file) {
  const Value root = parse_toml(text, file);
  Table table(root, file, "the policy");
  Policy policy;
  policy.sha256 = sha256(text);
  Table limits = table.table("limits");
  policy.base = read_limits(limits, policy.base);
  for (const std::string& name : limits.keys()) {
    if (name == "accept" || name == "reject") continue;
    Table group = limits.table(name);
    policy.groups[name] = read_limits(group, policy.base);
    group.done();
  }
  Table knobs = table.table("knobs");
  for (const std::string& name : knobs.keys()) policy.knobs[name] = knobs.number(name, 0);
  Table proven = table.table("proven");
  for (const std::string& device : proven.keys()) policy.proven[device] = proven.texts(device);
  policy.fitted_on = table.text("fitted_on");
  table.find("provenance");  // for audits; nothing in it decides
  policy.min_panel = table.flag("min_panel", false);
  policy.want_colour = table.flag("want_colour", false);
  table.done();
  return policy;
}

ModelCard model_card_from_toml(std::string_view text, const std::filesystem::path& file) {
  const Value root = parse_toml(text, file.string());
  Table table(root, file.string(), "the model card");
  ModelCard card;
  card.name = table.need_text("name");
  card.task = table.need_text("task");
  card.version = table.text("version", "1");
  card.file = file.parent_path() / table.need_text("file");
  card.sha256 = table.need_text("sha256");
  card.labels = table.texts("labels");
  card.charset = table.text("charset");
  Table input = table.table("input");
  card.width = static_cast<int>(input.number("width", 0));
  card.height = static_cast<int>(input.number("height", 0));
  if (card.width < 8 || card.height < 8 || card.width > 4096 || card.height > 4096)
    input.fail("width", "and height must lie between 8 and 4096");
  card.mean = read_channels(input, "mean", 0);
  card.std = read_channels(input, "std", 1);
  input.done();
  Table outputs = table.table("outputs");
  for (const std::string& name : outputs.keys()) {
    std::vector<std::int64_t> shape;
    for (const double size : outputs.numbers(name))
      shape.push_back(static_cast<std::int64_t>(size));
    card.outputs.emplace_back(name, std::move(shape));
  }
  Table thresholds = table.table("thresholds");
  for (const std::string& name : thresholds.keys())
    card.thresholds[name] = thresholds.number(name, 0);
  Table calibration = table.table("calibration");
  for (const std::string& name : calibration.keys())
    card.calibration[name] = calibration.numbers(name);
  Table training = table.table("training");
  card.data = training.texts("data");
  Table accuracy = table.table("accuracy");
  for (const std::string& name : accuracy.keys())
    card.accuracy[name] = accuracy_text(*accuracy.find(name));
  table.done();
  return card;
}

ModelCard read_model_card(const std::filesystem::path& card_toml) {
  std::ifstream in(card_toml, std::ios::binary);
  if (!in)
    throw IoError(card_toml.string() +
                  ": the model card cannot be read; is the models folder complete?");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return model_card_from_toml(text, card_toml);
}

}  // namespace vioreview
