// SPDX-License-Identifier: Apache-2.0
#include "cli/look.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/sha256.h"
#include "decode/decode.h"
#include "decode/layout.h"
#include "decode/measure.h"

namespace vioreview {
namespace {

Looked failed(Looked looked, Problem problem) {
  problem.file = looked.facts.file;
  looked.facts.failure = std::move(problem);
  return looked;
}

Image cut_out(const Image& picture, const Box& box) {
  const int x = static_cast<int>(box.x0), y = static_cast<int>(box.y0);
  Image part(static_cast<int>(box.x1) - x, static_cast<int>(box.y1) - y);
  for (int row = 0; row < part.height; ++row)
    std::copy_n(picture.row(y + row) + static_cast<std::ptrdiff_t>(x) * 3,
                static_cast<std::ptrdiff_t>(part.width) * 3, part.row(row));
  return part;
}

void take_measures(Decoded measured, PanelFacts& facts) {
  facts.width = measured.image.width;
  facts.height = measured.image.height;
  facts.colour = measured.colour;
  facts.brightness = measured.brightness;
  facts.chroma = measured.chroma;
  facts.perceptual_hash = std::move(measured.perceptual_hash);
}

PanelFacts look_at_panel(const Image& picture, const PanelFacts& whole, const LayoutPanel& panel,
                         const Needs& needs, Perceiver& perceiver) {
  Decoded part;
  part.image = cut_out(picture, panel.box);
  measure(part);
  const Image pixels = part.image;
  PanelFacts facts;
  facts.file = whole.file;
  facts.sha256 = whole.sha256;
  facts.role = panel.role;
  facts.crop = panel.box;
  facts.bands = panel.bands;
  facts.layout = whole.layout;
  facts.notes = whole.notes;
  facts.written = whole.written;
  take_measures(std::move(part), facts);
  facts.colour = facts.colour.value_or(true) && whole.colour.value_or(true);
  perceiver.perceive(pixels, needs, facts);
  return facts;
}

std::string said(const Layout& layout) {
  char percent[16];
  std::snprintf(percent, sizeof percent, "%.0f", 100.0 * static_cast<double>(layout.p));
  return layout.name + " (" + percent + " %)";
}

// True when the picture was divided, and its panels looked at.
bool divide(Looked& looked, const Needs& needs, Perceiver& perceiver) {
  PanelFacts& facts = looked.facts;
  const Layout layout = find_layout(looked.image, needs.layout);
  facts.layout = Seen<std::string>{layout.name, layout.p};
  if (layout.p < kSureLayout) {
    facts.failure = Problem{"layout_unsure", facts.file,
                            "it looks like " + said(layout) + ", but " + layout.doubt +
                                "; divide it by eye, or state the device's layout in the record"};
    return false;
  }
  const bool whole = layout.panels.size() == 1 && layout.panels[0].box == facts.crop;
  if (whole && facts.role == Role::panel) return false;  // a picture like any other
  for (const LayoutPanel& panel : layout.panels)
    facts.parts.push_back(look_at_panel(looked.image, facts, panel, needs, perceiver));
  return true;
}

}  // namespace

Looked look_at(const PictureRef& picture, const Needs& needs, Perceiver& perceiver) {
  Looked looked;
  PanelFacts& facts = looked.facts;
  facts.file = picture.file;
  facts.role = picture.role;
  const auto bytes = read_picture(picture.path);
  if (!bytes) return failed(std::move(looked), bytes.problem());
  facts.sha256 = sha256(bytes.value());
  auto decoded = decode(bytes.value());
  if (!decoded) return failed(std::move(looked), decoded.problem());
  Decoded seen = std::move(decoded).value();
  looked.image = std::move(seen.image);
  facts.notes = std::move(seen.notes);
  facts.written = seen.written;
  seen.image = Image();
  take_measures(std::move(seen), facts);
  facts.width = looked.image.width;
  facts.height = looked.image.height;
  facts.crop = {0, 0, static_cast<float>(facts.width), static_cast<float>(facts.height)};
  const bool may_be_divided =
      picture.role == Role::composite || (needs.panels && picture.role == Role::panel);
  if (may_be_divided && divide(looked, needs, perceiver)) return looked;
  perceiver.perceive(looked.image, needs, facts);
  return looked;
}

std::vector<Looked> panels_of(Looked looked) {
  std::vector<Looked> panels;
  for (const PanelFacts& part : looked.facts.parts)
    panels.push_back({part, cut_out(looked.image, part.crop)});
  if (panels.empty()) panels.push_back(std::move(looked));
  return panels;
}

}  // namespace vioreview
