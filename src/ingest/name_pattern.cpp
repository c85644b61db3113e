// SPDX-License-Identifier: Apache-2.0
#include "ingest/name_pattern.h"

#include <algorithm>
#include <charconv>

#include "core/errors.h"
#include "core/time.h"
#include "format/table.h"
#include "ingest/fields.h"
#include "ingest/text.h"

namespace vioreview {
namespace {

constexpr std::size_t kLongestPattern = 1024;

struct Word {
  std::string_view word, field;
};
// Shorter words than the record's own, and what is of no record.
constexpr Word kWords[] = {
    {"device", "device_id"},
    {"code", "violation"},
    {"color", "plate_color"},
    {"colour", "plate_color"},
    {"date", ""},
    {"clock", ""},
    {"number", ""},
    {"sequence", ""},
    {"ignored", ""},
};

// Fields whose value is one text.
constexpr Field kTexts[] = {
    Field::case_id,         Field::violation,     Field::plate,      Field::plate_kind,
    Field::plate_color,     Field::vehicle_class, Field::body_color, Field::time,
    Field::place,           Field::place_code,    Field::device_id,  Field::checkpoint_id,
    Field::checkpoint_name, Field::direction,     Field::lane,       Field::speed,
    Field::limit,           Field::collection,    Field::layout,
};

std::size_t characters_in(std::string_view utf8) {
  return static_cast<std::size_t>(
      std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

// Where the character with this number starts; the end when there are fewer.
std::size_t offset_of(std::string_view utf8, std::size_t character) {
  std::size_t at = 0;
  for (; at < utf8.size(); ++at)
    if ((utf8[at] & 0xC0) != 0x80 && character-- == 0) break;
  return at;
}

bool all_of(std::string_view text, std::string_view characters) {
  return text.find_first_not_of(characters) == std::string_view::npos;
}
constexpr std::string_view kDigits = "0123456789";

// Why the value cannot be of this field, or nullptr. Words of tables (colours, directions) are for
// the record to understand or to note.
const char* wrong_in(Field field, std::string_view value) {
  if (value.empty()) return nullptr;
  switch (field) {
    case Field::lane:
      return all_of(value, kDigits) ? nullptr : "is no lane number";
    case Field::speed:
    case Field::limit:
      return all_of(value, "0123456789.") ? nullptr : "is no speed";
    case Field::violation:
      return all_of(value, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
                 ? nullptr
                 : "is no code: it holds other than letters and digits";
    default:
      return nullptr;
  }
}

std::optional<TimeForm::Says> says_of(std::string_view word) {
  if (word == "date") return TimeForm::Says::date;
  if (word == "clock") return TimeForm::Says::clock;
  if (field_named(word) == Field::time) return TimeForm::Says::time;
  return std::nullopt;
}

// {lane} and {cdh} mean the same.
std::string meaning_of(std::string_view word) {
  const std::string field = field_of_word(word).value_or("");
  return field.empty() ? "{" + std::string(word)
                       : std::to_string(static_cast<int>(field_named(field)));
}

[[noreturn]] void fail(const std::string& pattern, const std::string& why) {
  throw ConfigError("the name template \"" + pattern + "\" " + why);
}

[[noreturn]] void fail_word(std::string_view word) {
  std::vector<std::string> known = {"time",       "plate",        "lane",      "speed",
                                    "limit",      "place",        "direction", "plate_color",
                                    "plate_kind", "vehicle_class"};
  for (const Word& w : kWords) known.emplace_back(w.word);
  const std::string near = nearest(word, known);
  throw ConfigError("{" + std::string(word) + "} in a name template is not known; " +
                    (near.empty() ? "use {ignored} for what has no meaning here"
                                  : "did you mean {" + near + "}?"));
}

}  // namespace

std::optional<std::string> field_of_word(std::string_view word) {
  for (const Word& w : kWords)
    if (w.word == word) return std::string(w.field);
  const Field field = field_named(word);
  const bool text = std::find(std::begin(kTexts), std::end(kTexts), field) != std::end(kTexts);
  return text ? std::optional(std::string(word)) : std::nullopt;
}

const std::string* ParsedName::find(std::string_view word) const {
  for (const auto& [name, value] : items)
    if (name == word) return &value;
  return nullptr;
}

std::size_t NamePattern::Segment::fixed() const {
  std::size_t sum = 0;
  for (const Item& item : items) sum += item.width;
  return sum;
}

bool NamePattern::Segment::open() const {
  return std::any_of(items.begin(), items.end(), [](const Item& item) { return item.width == 0; });
}

NamePattern::Item NamePattern::item_of(std::string_view inside) {
  const std::size_t colon = inside.find(':');
  Item item{std::string(inside.substr(0, colon)), 0, {}};
  const std::string_view spec = colon == std::string_view::npos ? "" : inside.substr(colon + 1);
  if (!field_of_word(item.word)) fail_word(item.word);
  const bool width = !spec.empty() && spec.size() <= 3 && all_of(spec, kDigits);
  if (width) std::from_chars(spec.data(), spec.data() + spec.size(), item.width);
  const auto says = says_of(item.word);
  if (says) {
    item.form.emplace(width ? "" : std::string(spec), *says);
    if (!width) item.width = item.form->width();
  }
  if (colon != std::string_view::npos && item.width == 0)
    throw ConfigError("{" + std::string(inside) +
                      "} in a name template: after ':' stands a number "
                      "of characters, or for times a form such as yyyyMMddHHmmss");
  return item;
}

// Of a value that ends where another begins: a time says its width by its form.
std::string NamePattern::with_width(const std::string& word) {
  const auto says = says_of(word);
  if (!says) return "{" + word + ":4}";
  return "{" + word +
         (*says == TimeForm::Says::date    ? ":yyyyMMdd}"
          : *says == TimeForm::Says::clock ? ":HHmmss}"
                                           : ":yyyyMMddHHmmss}");
}

void NamePattern::add(Item item) {
  Segment& segment = segments_.back();
  for (const Segment& s : segments_)
    for (const Item& other : s.items)
      if (item.word != "ignored" && meaning_of(other.word) == meaning_of(item.word))
        fail(text_, other.word == item.word
                        ? "holds {" + item.word + "} twice"
                        : "holds {" + other.word + "} and {" + item.word + "}, which say the same");
  if (item.width == 0 && segment.open())
    fail(text_, "does not say where {" + item.word +
                    "} starts: put a text before it, or give one of the two a width (" +
                    with_width(item.word) + ")");
  segment.items.push_back(std::move(item));
}

NamePattern::NamePattern(std::string text) : text_(std::move(text)) {
  if (text_.size() > kLongestPattern)
    throw ConfigError("a name template has more than " + std::to_string(kLongestPattern) +
                      " bytes, more than a name can have");
  segments_.emplace_back();
  for (std::size_t at = 0; at < text_.size();) {
    if (text_[at] == '}') fail(text_, "holds a '}' without its '{'");
    if (text_[at] != '{') {
      if (!segments_.back().items.empty()) segments_.emplace_back();
      folders_ += text_[at] == '/';
      segments_.back().literal += text_[at++];
      continue;
    }
    const std::size_t end = text_.find('}', at);
    if (end == std::string::npos) fail(text_, "holds a '{' without its '}'");
    add(item_of(std::string_view(text_).substr(at + 1, end - at - 1)));
    at = end + 1;
  }
  if (segments_.back().items.empty() && segments_.size() == 1)
    fail(text_, "names no value; write for example {device}_{time}_{number}");
  if (holds("date") != holds("clock")) fail(text_, "needs {date} and {clock} together");
  if (holds("date") && std::any_of(segments_.begin(), segments_.end(), [](const Segment& s) {
        return std::any_of(s.items.begin(), s.items.end(),
                           [](const Item& item) { return field_named(item.word) == Field::time; });
      }))
    fail(text_, "holds a time and a date: leave one out");
}

bool NamePattern::holds(std::string_view word) const {
  return std::any_of(segments_.begin(), segments_.end(), [&](const Segment& segment) {
    return std::any_of(segment.items.begin(), segment.items.end(),
                       [&](const Item& item) { return item.word == word; });
  });
}

// One name on its way through a pattern.
class NamePattern::Reading {
 public:
  Reading(const NamePattern& pattern, std::string_view name) : pattern_(pattern), name_(name) {}

  Result<ParsedName> read() {
    const auto& segments = pattern_.segments_;
    for (std::size_t i = 0; i < segments.size() && why_.empty(); ++i)
      take(segments[i], i + 1 < segments.size() ? &segments[i + 1].literal : nullptr);
    if (why_.empty() && at_ < name_.size()) why_ = "goes on after the template's end, " + place();
    if (why_.empty()) finish_time();
    if (!why_.empty()) return Problem{"name_unparsable", "", why_};
    return std::move(parsed_);
  }

 private:
  static std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }
  std::string place() const {
    return "at character " + std::to_string(characters_in(name_.substr(0, at_)) + 1);
  }

  void take(const Segment& segment, const std::string* next) {
    if (!name_.substr(at_).starts_with(segment.literal)) {
      why_ = "no " + quoted(segment.literal) + " " + place();
      return;
    }
    at_ += segment.literal.size();
    if (segment.items.empty()) return;
    const std::string_view rest = name_.substr(at_);
    const std::size_t fixed = segment.fixed();
    std::size_t end = offset_of(rest, fixed);
    if (characters_in(rest) < fixed) {
      why_ = "ends before {" + segment.items.back().word + "} is whole";
      return;
    }
    if (segment.open()) {
      end = next ? rest.find(*next, end) : rest.size();
      if (end == std::string_view::npos) {
        why_ = "no " + quoted(*next) + " after {" + segment.items.back().word + "}";
        return;
      }
    }
    take_items(segment, rest.substr(0, end));
  }

  void take_items(const Segment& segment, std::string_view body) {
    const std::size_t open = characters_in(body) - segment.fixed();
    for (const Item& item : segment.items) {
      const std::size_t size = offset_of(body, item.width == 0 ? open : item.width);
      take_item(item, std::string(body.substr(0, size)));
      if (!why_.empty()) return;
      body.remove_prefix(size);
      at_ += size;
    }
  }

  void take_item(const Item& item, std::string value) {
    if (item.word == "ignored") return;
    if (item.form) return take_time(item, std::move(value));
    if (item.word == "number") {
      if (value.empty()) return refuse(item.word, place() + " is empty");
      parsed_.before = name_.substr(0, at_);
      parsed_.after = name_.substr(at_ + value.size());
      parsed_.number = value;
    } else if (const char* wrong = wrong_in(field_named(*field_of_word(item.word)), value)) {
      return refuse(item.word, place() + " " + wrong);
    }
    parsed_.items.emplace_back(item.word, std::move(value));
  }

  void take_time(const Item& item, std::string value) {
    const auto time = item.form->read(value);
    if (!time) return refuse(item.word, place() + " has not the form of a " + item.word);
    date_ += time->date;
    clock_ += time->clock;
    parsed_.items.emplace_back(item.word, std::move(value));
  }
  void finish_time() {
    if (date_.empty()) return;
    parsed_.time = date_ + "T" + clock_;
    const auto time = parse_time(parsed_.time);
    if (!time) return refuse("time", "is no day or hour that there is");
    parsed_.time = format_time(*time);
  }

  // The value itself may be a plate: it stands in no reason.
  void refuse(const std::string& word, const std::string& why) { why_ = "{" + word + "} " + why; }

  const NamePattern& pattern_;
  std::string_view name_;
  std::size_t at_ = 0;
  std::string why_, date_, clock_;
  ParsedName parsed_;
};

Result<ParsedName> NamePattern::parse(std::string_view name) const {
  return Reading(*this, name).read();
}

}  // namespace vioreview
