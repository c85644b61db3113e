// SPDX-License-Identifier: Apache-2.0
#include "cli/look.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "core/sha256.h"
#include "decode/decode.h"
#include "decode/layout.h"
#include "decode/measure.h"
#include "ingest/read_picture.h"

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
  if (facts.role == Role::panel) facts.print = std::move(measured.print);
}

using Text = std::vector<OverlaySeen>;

// What the bands say of each panel. Of a band about all panels the times are theirs in turn where
// there are as many; all else is the first one's. Where no band says anything, the text may be in
// the panel: nothing is said of it here.
std::vector<std::optional<Text>> texts_of(const Image& picture, const Layout& layout,
                                          Perceiver& perceiver) {
  std::vector<std::optional<Text>> texts;
  for (const LayoutPanel& panel : layout.panels) {
    Text own = perceiver.read_bands(picture, panel.bands);
    texts.push_back(own.empty() ? std::nullopt : std::optional(std::move(own)));
  }
  const Text about_all = perceiver.read_bands(picture, layout.bands);
  if (about_all.empty()) return texts;
  std::vector<std::size_t> panels;
  for (std::size_t i = 0; i < layout.panels.size(); ++i) {
    if (layout.panels[i].role != Role::panel) continue;
    panels.push_back(i);
    if (!texts[i]) texts[i].emplace();
  }
  const auto is_time = [](const OverlaySeen& text) { return text.field == OverlayField::time; };
  const auto times =
      static_cast<std::size_t>(std::count_if(about_all.begin(), about_all.end(), is_time));
  std::size_t time = 0;
  for (const OverlaySeen& text : about_all) {
    const bool in_turn = is_time(text) && times == panels.size();
    texts[in_turn ? panels[time++] : panels.front()]->push_back(text);
  }
  return texts;
}

// From pixels of the picture to those of a panel, outside of which bands lie.
std::optional<Text> seen_from(const Box& panel, std::optional<Text> text) {
  if (!text) return text;
  for (OverlaySeen& one : *text)
    one.box = {one.box.x0 - panel.x0, one.box.y0 - panel.y0, one.box.x1 - panel.x0,
               one.box.y1 - panel.y0};
  return text;
}

PanelFacts look_at_panel(const Image& picture, const PanelFacts& whole, const LayoutPanel& panel,
                         std::optional<Text> text, const Needs& needs, Perceiver& perceiver) {
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
  facts.overlay = seen_from(panel.box, std::move(text));
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
  const bool framed = layout.p >= kSureLayout && !layout.bands.empty();
  const bool single = layout.p < kNoLayout || (layout.panels.size() == 1 && !framed);
  if (facts.role == Role::panel && single) return false;  // a picture like any other
  facts.layout = Seen<std::string>{layout.name, layout.p};
  if (layout.p < kSureLayout) {
    facts.failure =
        Problem{"layout_unsure", facts.file,
                "it looks like " + said(layout) + ", but " + layout.doubt +
                    "; divide it by eye, or state its layout in the record or in inbox.toml"};
    return false;
  }
  facts.bands = layout.bands;
  std::vector<std::optional<Text>> texts(layout.panels.size());
  if (needs.overlay) texts = texts_of(looked.image, layout, perceiver);
  for (std::size_t i = 0; i < layout.panels.size(); ++i)
    facts.parts.push_back(look_at_panel(looked.image, facts, layout.panels[i], std::move(texts[i]),
                                        needs, perceiver));
  return true;
}

// Each panel and close-up of the pictures, with its sketch.
struct Sketched {
  PanelFacts* facts;
  const Sketch* sketch;
};
std::vector<Sketched> sketched(std::vector<Looked>& pictures) {
  std::vector<Sketched> all;
  for (Looked& picture : pictures) {
    if (picture.facts.parts.empty() && !picture.sketches.empty())
      all.push_back({&picture.facts, picture.sketches.data()});
    for (std::size_t i = 0; i < picture.facts.parts.size(); ++i)
      all.push_back({&picture.facts.parts[i], &picture.sketches[i]});
  }
  return all;
}

}  // namespace

Looked look_at(const PictureRef& picture, const Needs& needs, Perceiver& perceiver) {
  Looked looked;
  PanelFacts& facts = looked.facts;
  facts.file = picture.file;
  facts.role = picture.role;
  const auto bytes = read_picture(picture);
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

void sketch(Looked& looked) {
  for (const PanelFacts& part : looked.facts.parts)
    looked.sketches.push_back(sketch_of(cut_out(looked.image, part.crop)));
  if (looked.sketches.empty()) looked.sketches.push_back(sketch_of(looked.image));
}

void trace_closeups(std::vector<Looked>& pictures) {
  constexpr std::size_t kMostPanels = 12;  // a case of more pictures than that is no evidence
  constexpr int kMostCloseups = 3;
  const std::vector<Sketched> all = sketched(pictures);
  std::vector<const PanelFacts*> panels;
  std::vector<Sketch> sketches;
  for (const Sketched& one : all)
    if (one.facts->role == Role::panel && panels.size() < kMostPanels) {
      panels.push_back(one.facts);
      sketches.push_back(*one.sketch);
    }
  int closeups = 0;
  for (const Sketched& one : all) {
    if (one.facts->role != Role::closeup || ++closeups > kMostCloseups) continue;
    const auto found = find_enlarged(*one.sketch, sketches);
    if (!found) continue;
    const PanelFacts& panel = *panels[found->panel];
    one.facts->enlarges = EnlargedSeen{panel.sha256, panel.crop, found->box, found->p};
  }
}

Facts look_at_case(const std::vector<PictureRef>& pictures, const Needs& needs,
                   Perceiver& perceiver) {
  const bool may_enlarge =
      needs.panels || std::any_of(pictures.begin(), pictures.end(), [](const PictureRef& picture) {
        return picture.role == Role::closeup || picture.role == Role::composite;
      });
  std::vector<Looked> seen;
  for (const PictureRef& picture : pictures) {
    seen.push_back(look_at(picture, needs, perceiver));
    if (may_enlarge) sketch(seen.back());
    seen.back().image = Image();  // a sketch is enough, and a case may have many pictures
  }
  trace_closeups(seen);
  Facts facts;
  for (Looked& one : seen) facts.panels.push_back(std::move(one.facts));
  return facts;
}

std::vector<Looked> panels_of(Looked looked) {
  std::vector<Looked> panels;
  for (const PanelFacts& part : looked.facts.parts)
    panels.push_back({part, cut_out(looked.image, part.crop), {}});
  if (panels.empty()) panels.push_back(std::move(looked));
  return panels;
}

}  // namespace vioreview
