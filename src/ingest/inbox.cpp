// SPDX-License-Identifier: Apache-2.0
#include "ingest/inbox.h"

#include <fstream>
#include <iterator>

#include "core/errors.h"
#include "format/table.h"
#include "ingest/fields.h"
#include "ingest/paths.h"
#include "ingest/values.h"

namespace vioreview {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t kMostTemplates = 256;

std::string text_of_file(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), {}};
  if (!in) throw IoError(file.string() + ": cannot be read; check the path and its rights");
  return text;
}

// People write the ending too: names are read without it.
std::string without_ending(std::string pattern) {
  if (is_picture_name(pattern)) pattern.resize(pattern.rfind('.'));
  return pattern;
}

NamePattern pattern_of(Table& table) {
  std::string text = without_ending(table.need_text("pattern"));
  try {
    return NamePattern(std::move(text));
  } catch (const ConfigError& error) {
    table.fail("pattern", std::string("is wrong: ") + error.what());
  }
}

std::optional<Encoding> encoding_of(Table& table) {
  const std::string text = lower_case(table.text("encoding"));
  if (text.empty()) return std::nullopt;
  if (text == "gbk" || text == "gb18030" || text == "gb2312") return Encoding::gb18030;
  if (text != "utf8" && text != "utf-8") table.fail("encoding", "is gbk or utf8");
  return Encoding::utf8;
}

Role role_of(const Table& table, const char* key, const std::string& text) {
  const auto role = parse_role(text);
  if (!role) table.fail(key, "is panel, closeup, driver, signal or composite");
  return *role;
}

std::map<std::string, Role> roles_of(Table& table) {
  std::map<std::string, Role> roles;
  Table inside = table.table("roles");
  for (const std::string& number : inside.keys())
    roles[number] = role_of(table, "roles", inside.text(number));
  return roles;
}

Value record_of(Table& table) {
  const Value* record = table.find("record");
  if (!record) return Value(Value::Object{});
  if (!record->as_object()) table.fail("record", "must be a table");
  for (const auto& [name, value] : *record->as_object())
    if (!field_of_word(name))
      table.fail("record",
                 "holds " + name + ", which is no field that its cases can have in common");
    else if (field_named(name) == Field::layout && !parse_layout(text_of(value).value_or("")))
      table.fail("record", "holds the layout " + shown(value) + "; give " + kLayoutForms);
  return *record;
}

std::map<std::string, std::map<std::string, std::string>> values_of(Table& table,
                                                                    const NamePattern& pattern) {
  std::map<std::string, std::map<std::string, std::string>> values;
  Table inside = table.table("values");
  for (const std::string& word : inside.keys()) {
    if (!pattern.holds(word))
      table.fail("values", "holds " + word + ", which is not in the pattern");
    Table meanings = inside.table(word);
    for (const std::string& value : meanings.keys()) values[word][value] = meanings.text(value);
  }
  return values;
}

NameTemplate template_of(Table table) {
  NameTemplate t{"",
                 pattern_of(table),
                 table.text("folder"),
                 table.text("device"),
                 encoding_of(table),
                 {},
                 0,
                 {},
                 roles_of(table),
                 record_of(table),
                 {}};
  t.name = table.text("name", t.pattern.text());
  for (const std::string& token : table.texts("unread")) t.unread.push_back(plate_of(token));
  const double pictures = table.number("pictures", 0);
  t.pictures = static_cast<int>(pictures);
  if (t.pictures != pictures || t.pictures < 0 || t.pictures > kMostPicturesOfName)
    table.fail("pictures", "is a number from 1 to " + std::to_string(kMostPicturesOfName));
  if (const std::string role = table.text("role"); !role.empty())
    t.role = role_of(table, "role", role);
  else if (!t.pattern.holds("number"))
    t.role = Role::composite;
  t.values = values_of(table, t.pattern);
  table.done();
  return t;
}

}  // namespace

std::vector<NameTemplate> templates_of_text(const std::string& toml, const std::string& file) {
  const Value value = parse_toml(toml, file);
  Table table(value, file, kInboxFile);
  std::vector<NameTemplate> templates;
  for (Table& one : table.tables("template")) templates.push_back(template_of(std::move(one)));
  if (templates.size() > kMostTemplates)
    table.fail("template", "stands more than " + std::to_string(kMostTemplates) + " times");
  table.done();
  return templates;
}

std::vector<NameTemplate> templates_given(const std::string& given, int pictures) {
  std::error_code error;
  if (given.find('{') == std::string::npos) {
    if (!fs::is_regular_file(given, error))
      throw UsageError("--template " + given +
                       ": is neither a pattern such as {device}_{time}_{number} nor a file");
    if (pictures > 0)
      throw UsageError("--pictures is for a --template that is a pattern: write pictures = " +
                       std::to_string(pictures) + " into " + given);
    return templates_of_text(text_of_file(given), given);
  }
  NamePattern pattern(without_ending(given));
  if (pictures > 0 && !pattern.holds("number"))
    throw UsageError("--pictures counts the {number}s of a case, and --template " + given +
                     " holds none: add {number}, or leave --pictures out");
  NameTemplate t{pattern.text(),         pattern, "", "", {}, {}, pictures, {}, {},
                 Value(Value::Object{}), {}};
  if (!pattern.holds("number")) t.role = Role::composite;
  return {std::move(t)};
}

bool like(std::string_view glob, std::string_view text) {
  // After the last '*', and what it stands for so far: more of it when the rest does not fit.
  std::size_t g = 0, t = 0, star = std::string_view::npos, taken = 0;
  while (t < text.size()) {
    if (g < glob.size() && glob[g] == '*') {
      star = ++g;
      taken = t;
    } else if (g < glob.size() && (glob[g] == '?' || glob[g] == text[t])) {
      ++g;
      ++t;
    } else if (star != std::string_view::npos) {
      g = star;
      t = ++taken;
    } else {
      return false;
    }
  }
  return glob.find_first_not_of('*', g) == std::string_view::npos;
}

bool folder_like(std::string_view glob, std::string_view folder) {
  while (!glob.empty()) {
    const std::size_t end = glob.find('/'), part = folder.find('/');
    if (!like(glob.substr(0, end), folder.substr(0, part))) return false;
    glob = end == std::string_view::npos ? "" : glob.substr(end + 1);
    if (!glob.empty() && part == std::string_view::npos) return false;
    folder = part == std::string_view::npos ? "" : folder.substr(part + 1);
  }
  return true;
}

}  // namespace vioreview
