// SPDX-License-Identifier: Apache-2.0
// What the parts of a picture's name mean. Devices let people choose the parts, their order and
// what stands between them (domain reference 7.4b), so no name has a fixed form.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.h"
#include "ingest/time_form.h"

namespace vioreview {

// A name as a pattern reads it.
struct ParsedName {
  // Words of the pattern and what stood there, in the order of the name, without ignored text.
  std::vector<std::pair<std::string, std::string>> items;
  std::string time;                   // ISO, "" when the name holds none
  std::string before, number, after;  // the number of the picture and the name around it

  const std::string* find(std::string_view word) const;
  // What the names of one case share: the name without its picture number.
  std::string shared() const { return before + "*" + after; }
};

// Text stands for itself, "{word}" for a value up to the text that follows, "{word:18}" for one of
// 18 characters:
//   {device:18}{time:yyyyMMddHHmmss}{sequence:4}_{number}
//   {date}/{device}/{clock}_{plate}_{plate_color}_{lane}_{speed}-{limit}_{code}_{number}
// Words: any field of a record (device, time, plate, lane, speed, limit, code, place, direction
// ...; also the 六合一 names), date and clock for a time in two parts, number for the picture's
// number, sequence for what tells cases of one second apart, ignored (any number of times). Values
// of time, date and clock may have a form (TimeForm). A value may be empty: unknown. A pattern with
// '/' reads as many folders above the file as it has '/'.
class NamePattern {
 public:
  // Throws ConfigError: an unknown or repeated word, two values side by side of which neither has a
  // width.
  explicit NamePattern(std::string text);

  const std::string& text() const { return text_; }
  bool holds(std::string_view word) const;
  int folders() const { return folders_; }

  // `name`: UTF-8, without its ending, with as many folders as the pattern reads. name_unparsable
  // says where and why it does not fit.
  Result<ParsedName> parse(std::string_view name) const;

 private:
  struct Item {
    std::string word;
    std::size_t width = 0;  // characters; 0: as many as there are
    std::optional<TimeForm> form;
  };
  // Text, and the values up to the next text: at most one of them without a width.
  struct Segment {
    std::string literal;
    std::vector<Item> items;
    std::size_t fixed() const;
    bool open() const;
  };
  class Reading;

  void add(Item item);
  static Item item_of(std::string_view inside);
  static std::string with_width(const std::string& word);

  std::string text_;
  std::vector<Segment> segments_;
  int folders_ = 0;
};

// The name of the record's field that a word of a pattern fills ("device" -> "device_id"); "" for
// words that fill none, nothing for words that no pattern may hold.
std::optional<std::string> field_of_word(std::string_view word);

}  // namespace vioreview
