// SPDX-License-Identifier: Apache-2.0
#include "judge/example.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

#include "format/codecs.h"
#include "format/site_codec.h"

namespace vioreview {
namespace {

const std::filesystem::path kTests = std::filesystem::path(VIOREVIEW_SOURCE_DIR) / "tests/judge";

Value with_member(const Value::Object& object, const std::string& key, std::string_view rest,
                  const Value& value) {
  Value::Object changed;
  bool found = false;
  for (const auto& [name, member] : object) {
    if (name != key) {
      changed.emplace_back(name, member);
      continue;
    }
    found = true;
    if (rest.empty() && value.is_null()) continue;
    changed.emplace_back(name, rest.empty() ? value : with(member, rest, value));
  }
  if (!found && !rest.empty()) throw std::runtime_error(key + ": no such member");
  if (!found) changed.emplace_back(key, value);
  return changed;
}

Value with_element(const Value::Array& array, const std::string& key, std::string_view rest,
                   const Value& value) {
  Value::Array changed = array;
  if (key == "+") {
    changed.push_back(value);
    return changed;
  }
  const std::size_t i = std::stoul(key);
  if (i >= changed.size()) throw std::runtime_error(key + ": no such element");
  if (rest.empty() && value.is_null())
    changed.erase(changed.begin() + static_cast<long>(i));
  else
    changed[i] = rest.empty() ? value : with(changed[i], rest, value);
  return changed;
}

Value json(const std::string& text) {
  const Result<Value> value = parse_json(text);
  if (!value) throw std::runtime_error(value.problem().detail);
  return value.value();
}

Example from_tree(const Value& tree) {
  Example example;
  example.c = case_from(*tree.find("case"));
  example.facts = facts_from(*tree.find("facts"));
  return example;
}

// Read once: the tests ask for each a thousand times.
const Value& base_tree(const std::string& name) {
  static std::map<std::string, Value> trees;
  const auto known = trees.find(name);
  if (known != trees.end()) return known->second;
  return trees[name] = read_json_file(kTests / "bases" / (name + ".json"));
}

Value changed(Value tree, const Value& set) {
  for (const auto& [path, value] : *set.as_object()) tree = with(tree, path, value);
  return tree;
}

Event event_from(const Value& value) {
  const auto text = [&](std::string_view key) { return *value.find(key)->as_string(); };
  return {text("case_id"), text("plate"), text("code"), text("place"), *parse_time(text("time"))};
}

void set_night(const Value& value, Example& example) {
  for (const auto& [key, what] : *value.as_object()) {
    if (key == "received") {
      example.received = *parse_time(*what.as_string());
      continue;
    }
    for (const Value& row : *what.as_array()) {
      const auto text = [&](std::size_t i) { return *row.as_array()->at(i).as_string(); };
      const Time first = *parse_time(text(1));
      if (key == "captures")
        example.captures.push_back({text(0), first, first});
      else if (key == "spans")
        example.spans.push_back({text(0), first, *parse_time(text(2))});
      else
        throw std::runtime_error(key + ": unknown key of a night");
    }
  }
}

void set_policy(const Value& value, Policy& policy) {
  for (const auto& [key, on] : *value.as_object()) {
    if (key != "min_panel" && key != "want_colour") throw std::runtime_error(key + ": no switch");
    (key == "min_panel" ? policy.min_panel : policy.want_colour) = *on.as_bool();
  }
}

Site site_from(const Value& lines, bool confirmed) {
  std::string text = "device_id = \"340100000000010001\"\npicture = [1920, 1080]\n";
  if (confirmed) text += "[confirmed]\nby = \"a person\"\nat = \"2026-03-01T08:00:00\"\n";
  for (const Value& line : *lines.as_array()) text += *line.as_string() + "\n";
  return site_from_toml(text, "example");
}

}  // namespace

const Catalogue& shipped_catalogue() {
  static const Catalogue catalogue =
      catalogue_from_toml(builtin_catalogue_text(), "catalogue.toml");
  return catalogue;
}

const Policy& shipped_policy() {
  static const Policy policy = policy_from_toml(builtin_policy_text(), "policy.toml");
  return policy;
}

Value read_json_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  const Result<Value> value = parse_json(text);
  if (!value) throw std::runtime_error(file.string() + ": " + value.problem().detail);
  return value.value();
}

Value with(const Value& root, std::string_view path, const Value& value) {
  const std::size_t slash = path.find('/');
  const std::string key(path.substr(0, slash));
  const std::string_view rest = slash == std::string_view::npos ? "" : path.substr(slash + 1);
  if (const auto* object = root.as_object()) return with_member(*object, key, rest, value);
  if (const auto* array = root.as_array()) return with_element(*array, key, rest, value);
  throw std::runtime_error(key + ": leads into a plain value");
}

Verdict Example::judged() const {
  std::vector<Event> events = earlier;
  if (const auto own = event_of(c, shipped_catalogue())) events.push_back(*own);
  std::vector<Capture> batch = captures;
  if (const auto own = capture_of(c)) batch.push_back(*own);
  return judge(c, facts, EventIndex(events), shipped_catalogue(), policy,
               Clocks(batch, spans, received, policy),
               site ? SiteInUse{&*site, site->road, ""} : SiteInUse{});
}

Example base(const std::string& name) {
  return from_tree(base_tree(name));
}

Example base(const std::string& name, const std::string& changes) {
  return from_tree(changed(base_tree(name), json(changes)));
}

Example read_example(const std::filesystem::path& file) {
  const Value tree = read_json_file(file);
  constexpr std::string_view kKeys[] = {"about",   "base",  "set",  "knobs",     "policy",
                                        "earlier", "night", "site", "confirmed", "expect"};
  for (const auto& [key, value] : *tree.as_object())
    if (std::find(std::begin(kKeys), std::end(kKeys), key) == std::end(kKeys))
      throw std::runtime_error(file.string() + ": unknown key " + key);
  Example example =
      from_tree(changed(base_tree(*tree.find("base")->as_string()), *tree.find("set")));
  if (const Value* knobs = tree.find("knobs"))
    for (const auto& [name, value] : *knobs->as_object())
      example.policy.knobs[name] = value.number();
  if (const Value* policy = tree.find("policy")) set_policy(*policy, example.policy);
  if (const Value* earlier = tree.find("earlier"))
    for (const Value& event : *earlier->as_array()) example.earlier.push_back(event_from(event));
  if (const Value* night = tree.find("night")) set_night(*night, example);
  if (const Value* site = tree.find("site")) {
    const Value* confirmed = tree.find("confirmed");
    example.site = site_from(*site, !confirmed || *confirmed->as_bool());
  }
  example.expect = *tree.find("expect");
  return example;
}

Example check_example(const std::string& name) {
  return read_example(kTests / "checks" / (name + ".json"));
}

bool states(const Verdict& verdict, std::string_view reason) {
  return std::any_of(verdict.findings.begin(), verdict.findings.end(), [&](const Finding& f) {
    return f.status != Status::holds && f.reason == reason;
  });
}

const Finding& finding_of(const Verdict& verdict, std::string_view check) {
  const auto found = std::find_if(verdict.findings.begin(), verdict.findings.end(),
                                  [&](const Finding& f) { return f.check == check; });
  if (found == verdict.findings.end())
    throw std::runtime_error("no finding of " + std::string(check));
  return *found;
}

}  // namespace vioreview
