// SPDX-License-Identifier: Apache-2.0
#include "emit/draw.h"

#include <algorithm>
#include <cstdio>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/errors.h"
#include "emit/draw_text.h"
#include "emit/durable_file.h"

namespace vioreview {
namespace {

constexpr int kText = 18, kLine = 24, kPlateHeight = 56;
constexpr Colour kPaper = {250, 250, 248}, kInk = {30, 30, 30}, kGood = {20, 130, 50},
                 kBad = {190, 30, 30}, kDoubt = {180, 110, 0};
// By kind of object.
constexpr Colour kKinds[] = {{60, 200, 90}, {240, 190, 40}, {80, 160, 250}, {230, 90, 220}};
constexpr Colour kPlate = {255, 60, 60};

cv::Mat wrapped(Image& image) {
  return {image.height, image.width, CV_8UC3, image.pixels.data()};
}
cv::Scalar scalar(Colour c) {
  return {static_cast<double>(c[0]), static_cast<double>(c[1]), static_cast<double>(c[2])};
}

Image blank(int width, int height) {
  Image image(std::max(1, width), std::max(1, height));
  wrapped(image).setTo(scalar(kPaper));
  return image;
}

// Smaller pictures are enlarged, so that lines and letters do not hide what they mark.
Image scaled(const Image& from, double scale) {
  Image source = from;
  Image out(std::max(1, static_cast<int>(from.width * scale)),
            std::max(1, static_cast<int>(from.height * scale)));
  cv::Mat view = wrapped(out);
  cv::resize(wrapped(source), view, view.size(), 0, 0,
             scale > 1 ? cv::INTER_CUBIC : cv::INTER_AREA);
  return out;
}

void place(Image& on, Image part, int x, int y) {
  const cv::Rect where =
      cv::Rect(x, y, part.width, part.height) & cv::Rect(0, 0, on.width, on.height);
  if (!where.empty())
    wrapped(part)(cv::Rect(0, 0, where.width, where.height)).copyTo(wrapped(on)(where));
}

std::string percent(float p) {
  char text[16];
  std::snprintf(text, sizeof text, "%.0f%%", 100.0 * static_cast<double>(p));
  return text;
}

void label(Image& image, const TextPainter& text, int x, int y, const std::string& words,
           Colour colour) {
  const int size = 15, w = text.width(words, size) + 6;
  const int top = std::clamp(y - size - 6, 0, std::max(0, image.height - size - 6));
  cv::rectangle(wrapped(image),
                cv::Rect(x, top, w, size + 6) & cv::Rect(0, 0, image.width, image.height),
                scalar(colour), cv::FILLED);
  text.draw(image, x + 3, top + 2, words, size, {0, 0, 0});
}

std::string words_of(const ObjectSeen& object, bool chinese) {
  std::string words;
  if (object.vehicle_class)
    words += std::string(chinese ? zh_of(object.vehicle_class->value)
                                 : name_of(object.vehicle_class->value)) +
             " ";
  if (object.color)
    words += std::string(chinese ? zh_of(object.color->value) : name_of(object.color->value)) + " ";
  if (object.special && object.special->value != Special::none)
    words += std::string(name_of(object.special->value)) + " ";
  if (object.kind == ObjectKind::person) words += chinese ? "人 " : "person ";
  if (object.kind == ObjectKind::signal_head) words += chinese ? "信号灯 " : "signal ";
  return words + percent(object.score);
}

void draw_boxes(Image& image, const PanelFacts& facts, const TextPainter& text, float scale,
                int target, bool chinese) {
  for (std::size_t i = 0; i < facts.objects.size(); ++i) {
    const ObjectSeen& object = facts.objects[i];
    const Colour colour = kKinds[static_cast<std::size_t>(object.kind)];
    const cv::Rect box(static_cast<int>(object.box.x0 * scale),
                       static_cast<int>(object.box.y0 * scale),
                       static_cast<int>(object.box.width() * scale),
                       static_cast<int>(object.box.height() * scale));
    cv::rectangle(wrapped(image), box, scalar(colour), static_cast<int>(i) == target ? 4 : 2);
    label(image, text, box.x, box.y, words_of(object, chinese), colour);
  }
  for (const PlateSeen& plate : facts.plates) {
    std::vector<cv::Point> corners;
    for (const Point& p : plate.corners)
      corners.emplace_back(static_cast<int>(p.x * scale), static_cast<int>(p.y * scale));
    cv::polylines(wrapped(image), corners, true, scalar(kPlate), 2);
  }
}

// One plate: the flat picture, the string, and a bar under each character as high as it is sure.
void draw_plate(Image& strip, int y, const Image& flat, const PlateSeen& plate,
                const TextPainter& text) {
  const double scale = static_cast<double>(kPlateHeight) / std::max(1, flat.height);
  const Image big = scaled(flat, scale);
  place(strip, big, 8, y);
  int x = big.width + 24;
  for (const CharacterSeen& c : plate.characters) {
    const Colour colour = c.p >= 0.9F ? kGood : c.p >= 0.5F ? kDoubt : kBad;
    const int w = std::max(18, text.draw(strip, x, y, c.text, 26, kInk)) + 8;
    const int bar = static_cast<int>(20.0F * c.p);
    cv::rectangle(wrapped(strip), cv::Rect(x, y + kPlateHeight - bar, w - 8, std::max(1, bar)),
                  scalar(colour), cv::FILLED);
    x += w;
  }
  text.draw(strip, x + 12, y + 4,
            std::string(name_of(plate.look.value)) + " " + percent(plate.look.p), kText, kInk);
  std::string second = "readable " + percent(plate.readable);
  if (plate.covered) second += "  covered " + percent(*plate.covered);
  text.draw(strip, x + 12, y + 4 + kLine, second, kText,
            plate.readable >= 0.9F   ? kGood
            : plate.readable >= 0.5F ? kDoubt
                                     : kBad);
}

std::string finding_line(const Finding& finding, bool chinese) {
  const char* mark = finding.status == Status::holds   ? "✓ "
                     : finding.status == Status::fails ? "✗ "
                                                       : "? ";
  std::string line = mark + finding.check;
  if (!finding.reason.empty()) line += " [" + finding.reason + "]";
  return line + "  " + (chinese ? finding.zh : finding.en) +
         (finding.status == Status::unknown ? "" : "  " + percent(finding.probability));
}

void append_below(Image& image, const Image& part) {
  Image joined = blank(std::max(image.width, part.width), image.height + part.height);
  place(joined, image, 0, 0);
  place(joined, part, 0, image.height);
  image = std::move(joined);
}

Colour colour_of(Status status) {
  return status == Status::holds ? kGood : status == Status::fails ? kBad : kDoubt;
}

// What the checks say of this panel; index -1: of the case as a whole.
Image findings_strip(const Verdict& verdict, int index, int width, const TextPainter& text,
                     bool chinese) {
  std::vector<const Finding*> mine;
  for (const Finding& finding : verdict.findings)
    if (finding.panel == index) mine.push_back(&finding);
  Image strip = blank(width, static_cast<int>(mine.size()) * kLine + (mine.empty() ? 1 : 12));
  int y = 6;
  for (const Finding* finding : mine) {
    text.draw(strip, 8, y, finding_line(*finding, chinese), kText, colour_of(finding->status));
    y += kLine;
  }
  return strip;
}

}  // namespace

Image draw_panel(const Image& panel, const PanelFacts& facts, const std::vector<Image>& plates,
                 const Verdict* verdict, int index, bool chinese) {
  const TextPainter text;
  const double scale = std::clamp(960.0 / std::max(1, panel.width), 0.5, 4.0);
  Image image = scaled(panel, scale);
  const int target = verdict && index < static_cast<int>(verdict->target.objects.size())
                         ? verdict->target.objects[static_cast<std::size_t>(index)]
                         : -1;
  draw_boxes(image, facts, text, static_cast<float>(scale), target, chinese);
  Image strip = blank(image.width, static_cast<int>(plates.size()) * (kPlateHeight + 10) + 8);
  for (std::size_t i = 0; i < plates.size() && i < facts.plates.size(); ++i)
    draw_plate(strip, 8 + static_cast<int>(i) * (kPlateHeight + 10), plates[i], facts.plates[i],
               text);
  append_below(image, strip);
  if (verdict) append_below(image, findings_strip(*verdict, index, image.width, text, chinese));
  text.draw(image, 8, 6, facts.file, kText, {255, 255, 255});
  return image;
}

Image draw_case(const std::vector<Image>& panels, const std::vector<std::string>& lines) {
  int width = 0, height = 0;
  for (const Image& panel : panels) {
    width += panel.width + 8;
    height = std::max(height, panel.height);
  }
  const TextPainter text;
  const int head = static_cast<int>(lines.size()) * (kLine + 4) + 12;
  Image image = blank(std::max(width, 400), height + head);
  int y = 6;
  for (const std::string& line : lines) {
    text.draw(image, 8, y, line, kText + 2, kInk);
    y += kLine + 4;
  }
  int x = 0;
  for (const Image& panel : panels) {
    place(image, panel, x, head);
    x += panel.width + 8;
  }
  return image;
}

void write_png(const std::filesystem::path& path, const Image& image) {
  Image source = image;
  cv::Mat bgr;
  cv::cvtColor(wrapped(source), bgr, cv::COLOR_RGB2BGR);
  std::vector<std::uint8_t> bytes;
  if (!cv::imencode(".png", bgr, bytes))
    throw IoError(path.string() + ": the picture cannot be encoded");
  write_durable(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace vioreview
