// SPDX-License-Identifier: Apache-2.0
#include "cli/site_sketch.h"

#include <cstdlib>
#include <sstream>

#include "core/errors.h"

namespace vioreview {
namespace {

struct Entry {
  std::vector<std::string> words;  // what it is, split at ':'
  std::vector<std::string> xs, ys;
};

bool is_number(const std::string& text) {
  char* end = nullptr;
  std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0';
}

Entry parsed(const std::string& text, bool has_words) {
  Entry entry;
  std::istringstream parts(text);
  std::string part;
  if (has_words && parts >> part) {
    std::istringstream words(part);
    for (std::string word; std::getline(words, word, ':');) entry.words.push_back(word);
  }
  while (parts >> part) {
    const std::size_t comma = part.find(',');
    const std::string x = part.substr(0, comma);
    const std::string y = comma == std::string::npos ? "" : part.substr(comma + 1);
    if (!is_number(x) || !is_number(y))
      throw UsageError("\"" + text + "\": " + part +
                       " is no point; write points as 372,456 1020,459");
    entry.xs.push_back(x);
    entry.ys.push_back(y);
  }
  if (entry.xs.size() < 2) throw UsageError("\"" + text + "\": needs two points or more");
  return entry;
}

std::string points(const Entry& entry) {
  std::string text;
  for (std::size_t i = 0; i < entry.xs.size(); ++i)
    text += (i == 0 ? "[" : ", [") + entry.xs[i] + ", " + entry.ys[i] + "]";
  return "[" + text + "]\n";
}

std::string text_line(const std::string& key, const Entry& entry, std::size_t i) {
  if (i >= entry.words.size() || entry.words[i].empty()) return "";
  std::string quoted;
  for (const char c : entry.words[i])
    if (c != '"' && c != '\\' && static_cast<unsigned char>(c) >= 0x20) quoted += c;
  return key + " = \"" + quoted + "\"\n";
}

std::string head_block(const std::string& text) {
  const Entry entry = parsed(text, true);
  if (entry.xs.size() != 2)
    throw UsageError("\"" + text + "\": a head has two points, top left and bottom right");
  return "[[head]]\n" + text_line("id", entry, 0) + text_line("shape", entry, 1) +
         text_line("moves", entry, 2) + "box = [" + entry.xs[0] + ", " + entry.ys[0] + ", " +
         entry.xs[1] + ", " + entry.ys[1] + "]\n";
}

std::string lane_block(const std::string& text) {
  const Entry entry = parsed(text, true);
  if (entry.words.empty() || !is_number(entry.words[0]))
    throw UsageError("\"" + text + "\": begin a lane with its number, as 2:motor:LS");
  return "[[lane]]\nnumber = " + entry.words[0] + "\n" + text_line("use", entry, 1) +
         text_line("moves", entry, 2) + "polygon = " + points(entry);
}

}  // namespace

std::string blocks_of(const SiteSketch& sketch) {
  std::string text;
  for (const std::string& one : sketch.stop_lines)
    text += "[[stop_line]]\nedge = " + points(parsed(one, false));
  for (const std::string& one : sketch.lanes) text += lane_block(one);
  for (const std::string& one : sketch.lines) {
    const Entry entry = parsed(one, true);
    text += "[[lane_line]]\n" + text_line("kind", entry, 0) + "polyline = " + points(entry);
  }
  for (const std::string& one : sketch.crosswalks)
    text += "[[crosswalk]]\npolygon = " + points(parsed(one, false));
  for (const std::string& one : sketch.grids)
    text += "[[grid]]\npolygon = " + points(parsed(one, false));
  for (const std::string& one : sketch.heads) text += head_block(one);
  return text;
}

}  // namespace vioreview
