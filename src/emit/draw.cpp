// SPDX-License-Identifier: Apache-2.0
#include "emit/draw.h"

#include <algorithm>

#include <opencv2/core.hpp>
#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "core/errors.h"
#include "emit/draw_parts.h"
#include "emit/durable_file.h"

namespace vioreview {
namespace {

constexpr int kPanelWidth = 1200, kPanelHeight = 900, kNarrowest = 720;
constexpr int kHeadHeight = 2 * kLineHeight;  // the second line is room for labels

// Fits a panel into its frame. Small pictures are enlarged, so that lines and letters do not hide
// what they mark; those that nearly fit stay as they are.
double scale_of(const Image& panel) {
  const double fit = std::min(static_cast<double>(kPanelWidth) / panel.width,
                              static_cast<double>(kPanelHeight) / panel.height);
  return fit > 0.8 && fit < 1.25 ? 1.0 : std::min(fit, 4.0);
}

std::string headline_of(const PanelFacts& facts, int index, bool case_panel) {
  std::string line = case_panel ? std::to_string(index + 1) + "  " : "";
  line += facts.file + "  " + std::string(name_of(facts.role));
  if (facts.width > 0)
    line += "  " + std::to_string(facts.width) + "x" + std::to_string(facts.height);
  for (const std::string& note : facts.notes) line += "  (" + note + ")";
  return line;
}

// In rows of two: a row of all would be too wide for a screen.
Image grid(const std::vector<Image>& panels) {
  constexpr int kGap = 12;
  Image rows = blank(1, kGap);
  for (std::size_t i = 0; i < panels.size(); i += 2) {
    Image row = panels[i];
    if (i + 1 < panels.size()) {
      const Image& right = panels[i + 1];
      row = blank(row.width + kGap + right.width, std::max(row.height, right.height));
      place(row, panels[i], 0, 0);
      place(row, right, panels[i].width + kGap, 0);
    }
    rows = below(below(rows, row), blank(1, kGap));
  }
  return rows;
}

}  // namespace

Image draw_panel(const Image& panel, const PanelFacts& facts, const std::vector<Image>& plates,
                 const Verdict* verdict, int index, bool chinese,
                 const std::vector<WayPoint>& way) {
  const TextPainter text;
  const Image picture =
      panel.empty() ? blank(kNarrowest, 60, {225, 225, 220}) : scaled(panel, scale_of(panel));
  Image paper = blank(std::max(kNarrowest, picture.width), kHeadHeight + picture.height);
  place(paper, picture, 0, kHeadHeight);
  text.draw(paper, kMargin, 2, headline_of(facts, index, verdict != nullptr), kTextSize, kInk);
  if (facts.failure)
    text.draw(paper, kMargin, kHeadHeight + 18,
              facts.failure->reason + ": " + facts.failure->detail, kTextSize, kBad);
  if (!panel.empty()) {
    const float scale = static_cast<float>(picture.width) / static_cast<float>(panel.width);
    const Placed placed{scale, kHeadHeight};
    if (facts.role != Role::closeup) draw_way(paper, placed, facts, way, text);
    draw_marks(paper, placed, facts, verdict, index, text, chinese);
  }
  const Image strip = plate_strip(facts, plates, paper.width, text, chinese);
  paper = below(paper, strip);
  return verdict ? below(paper, finding_list(*verdict, index, paper.width, text, chinese)) : paper;
}

Image draw_case(const std::vector<Image>& panels, const std::vector<std::string>& lines,
                const Verdict* verdict, bool chinese) {
  constexpr int kHeadline = kTextSize + 4, kHeadlineHeight = kLineHeight + 6;
  const Image rows = grid(panels);
  const int width = std::max(kNarrowest, rows.width);
  const TextPainter text;
  Image head = blank(width, static_cast<int>(lines.size()) * kHeadlineHeight + 8);
  for (std::size_t i = 0; i < lines.size(); ++i)
    text.draw(head, kMargin, 6 + static_cast<int>(i) * kHeadlineHeight, lines[i], kHeadline, kInk);
  if (verdict) head = below(head, finding_list(*verdict, -1, width, text, chinese));
  return below(head, rows);
}

void write_png(const std::filesystem::path& path, const Image& image) {
  const cv::Mat rgb(image.height, image.width, CV_8UC3,
                    const_cast<std::uint8_t*>(image.pixels.data()));
  cv::Mat bgr;
  cv::cvtColor(rgb, bgr, cv::COLOR_RGB2BGR);
  std::vector<std::uint8_t> bytes;
  if (!cv::imencode(".png", bgr, bytes))
    throw IoError(path.string() + ": the picture cannot be encoded");
  write_durable(path, {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

}  // namespace vioreview
