// SPDX-License-Identifier: Apache-2.0
#include "perceive/overlay.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "core/sha256.h"
#include "perceive/glyphs.h"
#include "perceive/overlay_grammar.h"
#include "perceive/tesseract/tesseract_reader.h"
#include "perceive/text_lines.h"

namespace vioreview {
namespace {

constexpr const char* kRules = "overlay 3";  // raise it when what is read changes
constexpr std::size_t kMostLines = 14;       // of a region
constexpr std::size_t kMostRemembered = 512;
// A reading less sure than this is none: the field is there but cannot be read.
constexpr float kReadable = 0.5F;
// Two readings that differ are so sure at most: too little to contradict a record.
constexpr float kDoubted = 0.8F;
// A line of which so much was read so surely is not read again by its other strokes.
constexpr float kReadsWell = 0.8F, kMuchRead = 1.7F;

std::size_t at(const LinePicture& picture, int x, int y) {
  return static_cast<std::size_t>(y) * static_cast<std::size_t>(picture.width) +
         static_cast<std::size_t>(x);
}

// The value's part of the line, the separators painted over.
LinePicture part_of(const LinePicture& line, const std::vector<Glyph>& value,
                    const std::vector<std::size_t>& painted_over) {
  constexpr int kMargin = 8;  // px
  const int x0 = std::max(0, static_cast<int>(value.front().x0) - 2);
  const int x1 = std::min(line.width, static_cast<int>(value.back().x1) + 2);
  LinePicture part{x1 - x0 + 2 * kMargin, line.height, {}};
  part.pixels.assign(static_cast<std::size_t>(part.width) * static_cast<std::size_t>(part.height),
                     255);
  const auto hidden = [&](int x) {
    return std::any_of(painted_over.begin(), painted_over.end(), [&](std::size_t i) {
      return static_cast<float>(x) >= value[i].x0 && static_cast<float>(x) < value[i].x1;
    });
  };
  for (int x = x0; x < x1; ++x) {
    if (hidden(x)) continue;
    for (int y = 0; y < line.height; ++y)
      part.pixels[at(part, x - x0 + kMargin, y)] = line.pixels[at(line, x, y)];
  }
  return part;
}

std::string digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text)
    if (c >= '0' && c <= '9') digits += c;
  return digits;
}

float least_sure(const std::vector<Glyph>& glyphs) {
  float least = 1;
  for (const Glyph& glyph : glyphs) least = std::min(least, glyph.p);
  return std::max(least, 0.0F);
}

// A line as read; the same line may be read twice, by its strokes and by their outline.
struct Reading {
  Box box;
  std::vector<OverlaySeen> fields;
};

float worth(const Reading& reading) {
  float sum = 0;
  for (const OverlaySeen& seen : reading.fields)
    if (seen.field != OverlayField::other) sum += seen.p;
  return sum;
}

bool overlap(const OverlaySeen& a, const OverlaySeen& b) {
  const float common = std::min(a.box.x1, b.box.x1) - std::max(a.box.x0, b.box.x0);
  return common > 0.5F * std::min(a.box.x1 - a.box.x0, b.box.x1 - b.box.x0);
}

// What two readings of one line say together: a field that only one can read is that one's, and two
// that differ are never sure.
Reading merged(Reading first, Reading second) {
  if (worth(second) > worth(first)) std::swap(first, second);
  for (const OverlaySeen& seen : second.fields) {
    if (seen.field == OverlayField::other) continue;
    const auto same = std::find_if(
        first.fields.begin(), first.fields.end(),
        [&](const OverlaySeen& f) { return f.field == seen.field && overlap(f, seen); });
    if (same == first.fields.end()) {
      const bool taken = std::any_of(
          first.fields.begin(), first.fields.end(),
          [&](const OverlaySeen& f) { return f.field != OverlayField::other && overlap(f, seen); });
      if (!taken && !seen.text.empty()) first.fields.push_back(seen);
    } else if (same->text == seen.text) {
      same->p = std::max(same->p, seen.p);
    } else if (same->text.empty()) {
      *same = seen;
    } else if (!seen.text.empty()) {
      if (seen.p > same->p) *same = seen;
      same->p = std::min(same->p, kDoubted);
    }
  }
  std::stable_sort(first.fields.begin(), first.fields.end(),
                   [](const OverlaySeen& a, const OverlaySeen& b) { return a.box.x0 < b.box.x0; });
  return first;
}

bool reads_well(const Reading& reading) {
  return worth(reading) >= kMuchRead &&
         std::all_of(reading.fields.begin(), reading.fields.end(), [](const OverlaySeen& seen) {
           return seen.field == OverlayField::other || seen.p >= kReadsWell;
         });
}

Reading placed(const TextLine& line, std::vector<OverlaySeen> fields) {
  for (OverlaySeen& seen : fields)
    seen.box = {line.x0 + seen.box.x0 / line.scale, line.box.y0, line.x0 + seen.box.x1 / line.scale,
                line.box.y1};
  return {line.box, std::move(fields)};
}

}  // namespace

// Reads line pictures, each only once while it is remembered: bands repeat from panel to panel.
class OverlayReader::Lines {
 public:
  explicit Lines(std::unique_ptr<TextReader> reader) : reader_(std::move(reader)) {}

  const std::vector<OverlaySeen>& fields(const LinePicture& line) {
    const std::string key =
        std::to_string(line.width) + " " +
        sha256({reinterpret_cast<const char*>(line.pixels.data()), line.pixels.size()});
    const auto known = remembered_.find(key);
    if (known != remembered_.end()) return known->second;
    if (remembered_.size() >= kMostRemembered) remembered_.clear();
    return remembered_[key] = read(line);
  }

 private:
  // Boxes are columns of the line picture.
  std::vector<OverlaySeen> read(const LinePicture& line) {
    std::vector<OverlaySeen> fields;
    for (const FieldText& field : split_fields(reader_->read(line, Script::chinese)))
      if (!field.value.empty()) fields.push_back(weighed(line, field));
    const bool known = std::any_of(fields.begin(), fields.end(), [](const OverlaySeen& seen) {
      return seen.field != OverlayField::other;
    });
    if (!known) fields.clear();
    return fields;
  }

  OverlaySeen weighed(const LinePicture& line, const FieldText& field) {
    OverlaySeen seen;
    seen.field = field.field;
    seen.box.x0 = field.value.front().x0;
    seen.box.x1 = field.value.back().x1;
    seen.text = repaired(field.field, field.value);
    seen.p = seen.text.empty() ? 0 : certainty(line, field, seen.text);
    if (seen.p < kReadable) seen.text.clear();
    return seen;
  }

  // A place read otherwise at another size is not sure.
  float certainty_of_place(const LinePicture& line, const FieldText& field,
                           const std::string& text) {
    constexpr float kOtherSize = 1.35F;
    const float first = least_sure(field.value);
    if (first < kDoubted) return first;
    const std::vector<Glyph> again =
        reader_->read(scaled(part_of(line, field.value, {}), kOtherSize), Script::chinese);
    return repaired(field.field, again) == text ? first : kDoubted;
  }

  // A number that a second recogniser reads alike is sure; one that it reads otherwise is not.
  float certainty(const LinePicture& line, const FieldText& field, const std::string& text) {
    if (field.field == OverlayField::place) return certainty_of_place(line, field, text);
    const float first = least_sure(field.value);
    if (!of_digits(field.field)) return first;
    const std::vector<Glyph> again = reader_->read(
        part_of(line, field.value, separators(field.field, field.value)), Script::digits);
    const std::string digits = digits_of(text), second = text_of(again);
    return second == digits ? std::max(first, 0.9F) : std::min(first, 0.6F);
  }

  std::unique_ptr<TextReader> reader_;
  std::map<std::string, std::vector<OverlaySeen>> remembered_;
};

OverlayReader::OverlayReader(std::unique_ptr<TextReader> reader)
    : lines_(std::make_unique<Lines>(std::move(reader))) {}
OverlayReader::~OverlayReader() = default;

std::vector<OverlaySeen> OverlayReader::read(const Image& picture,
                                             const std::vector<Box>& regions) {
  std::vector<OverlaySeen> all;
  for (const Box& region : regions) {
    std::vector<Reading> readings;
    for (const TextLine& line : find_text_lines(picture, region, kMostLines)) {
      const auto rival = std::find_if(readings.begin(), readings.end(), [&](const Reading& r) {
        return share_inside(line.box, r.box) > 0.5F || share_inside(r.box, line.box) > 0.5F;
      });
      if (rival != readings.end() && reads_well(*rival)) continue;
      Reading reading = placed(line, lines_->fields(line.picture));
      if (reading.fields.empty()) continue;
      if (rival == readings.end())
        readings.push_back(std::move(reading));
      else
        *rival = merged(std::move(*rival), std::move(reading));
    }
    std::stable_sort(readings.begin(), readings.end(), [](const Reading& a, const Reading& b) {
      return a.box.y0 < b.box.y0 || (a.box.y0 == b.box.y0 && a.box.x0 < b.box.x0);
    });
    for (const Reading& reading : readings)
      all.insert(all.end(), reading.fields.begin(), reading.fields.end());
  }
  return all;
}

std::unique_ptr<OverlayReader> make_overlay_reader() {
  auto reader = make_tesseract_reader();
  return reader ? std::make_unique<OverlayReader>(std::move(reader)) : nullptr;
}

std::string overlay_reader_version() {
  const std::string version = tesseract_version();
  return version.empty() ? "" : std::string(kRules) + ", Tesseract " + version;
}

}  // namespace vioreview
