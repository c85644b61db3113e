// SPDX-License-Identifier: Apache-2.0
// Plates: where, with four corners, what look, whether covered.
#include <algorithm>
#include <cmath>
#include <iterator>

#include "perceive/adapters.h"
#include "perceive/imaging.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr float kSecondLook = 1.7F;    // side of the closer window, in plate widths
constexpr float kCloseEnough = 0.42F;  // share of the input's width from which a plate is seen well
constexpr float kSmallest = 8;         // px of the panel; a narrower plate is none
constexpr float kSamePlate = 0.5F;     // IoU above which neighbouring cells see the same plate
constexpr float kWeakest = 0.3F;       // of the best score: cells that count for the corners
constexpr float kSameAgain = 0.4F;     // IoU above which both looks see the same plate

// A plate, and how wide it stands in the net's input.
struct Candidate {
  PlateSeen plate;
  float share = 0;
};

PlateSeen plate_at(const Net& net, const std::vector<Tensor>& out, std::int64_t row, std::int64_t i,
                   const Letterbox& view) {
  const std::int64_t looks = out[2].shape[2];
  const float* corners = out[0].of(row) + i * 8;
  PlateSeen plate;
  for (std::size_t k = 0; k < 4; ++k)
    plate.corners[k] = view.to_panel(Point{corners[2 * k], corners[2 * k + 1]});
  plate.box = bounds(plate.corners);
  plate.score = tempered(out[1].of(row)[i], net.calibration("score_temperature", 1));
  const MostLikely look =
      most_likely(out[2].of(row) + i * looks, looks, net.calibration("kind_temperature", 1));
  plate.look = {plate_look_named(net.card().labels[static_cast<std::size_t>(look.index)])
                    .value_or(PlateLook::blue),
                look.p};
  plate.rows = plate.look.value == PlateLook::yellow_double ? 2 : 1;
  plate.covered = out[3].of(row)[i];
  return plate;
}

bool finite(const Quad& corners) {
  return std::all_of(corners.begin(), corners.end(),
                     [](Point p) { return std::isfinite(p.x) && std::isfinite(p.y); });
}

// Of plates that overlap, or lie one in the other, the one with the larger score stays.
void keep_strongest(std::vector<Candidate>& plates, float limit) {
  std::stable_sort(plates.begin(), plates.end(),
                   [](const auto& a, const auto& b) { return a.plate.score > b.plate.score; });
  std::vector<Candidate> kept;
  for (Candidate& c : plates)
    if (std::none_of(kept.begin(), kept.end(), [&](const Candidate& k) {
          const Box &a = k.plate.box, &b = c.plate.box;
          return iou(a, b) > limit || share_inside(a, b) > 0.7F || share_inside(b, a) > 0.7F;
        }))
      kept.push_back(std::move(c));
  plates = std::move(kept);
}

float most_iou(const Net& net) {
  return static_cast<float>(net.threshold("nms_iou", 0.3));
}

// Neighbouring cells of the net's grid see the same plate: the mean of their corners, by score, is
// nearer the truth than any one of them.
void average_corners(const std::vector<Candidate>& all, PlateSeen& plate) {
  Quad sum{};
  float weight = 0;
  for (const Candidate& c : all) {
    const float score = c.plate.score;
    if (score < kWeakest * plate.score || iou(c.plate.box, plate.box) <= kSamePlate) continue;
    for (std::size_t k = 0; k < 4; ++k)
      sum[k] = {sum[k].x + score * c.plate.corners[k].x, sum[k].y + score * c.plate.corners[k].y};
    weight += score;
  }
  if (weight <= 0) return;
  for (std::size_t k = 0; k < 4; ++k) plate.corners[k] = {sum[k].x / weight, sum[k].y / weight};
  plate.box = bounds(plate.corners);
}

// The plates of one view whose score reaches the threshold.
std::vector<Candidate> candidates(const Net& net, const std::vector<Tensor>& out, std::int64_t row,
                                  const Letterbox& view) {
  std::vector<Candidate> all, found;
  for (std::int64_t i = 0; i < out[1].shape[1]; ++i) {
    PlateSeen plate = plate_at(net, out, row, i, view);
    const float share = plate.box.width() * view.scale / static_cast<float>(net.card().width);
    if (finite(plate.corners) && plate.box.width() >= kSmallest)
      all.push_back({std::move(plate), share});
  }
  const double threshold = net.threshold("score", 0.5);
  std::copy_if(all.begin(), all.end(), std::back_inserter(found),
               [&](const Candidate& c) { return c.plate.score >= threshold; });
  keep_strongest(found, most_iou(net));
  for (Candidate& c : found) average_corners(all, c.plate);
  return found;
}

// What stands in each window.
std::vector<std::vector<Candidate>> look(Net& net, const Image& panel,
                                         const std::vector<Box>& windows) {
  std::vector<std::vector<Candidate>> found;
  for (std::size_t begin = 0, count = 0; begin < windows.size(); begin += count) {
    count = batch_of(windows.size() - begin);
    std::vector<float> input;
    std::vector<Letterbox> views;
    for (std::size_t i = begin; i < begin + count; ++i)
      views.push_back(append_letterbox(panel, windows[i], net.card(), input));
    const std::vector<Tensor> out = net.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i)
      found.push_back(candidates(net, out, static_cast<std::int64_t>(i), views[i]));
  }
  return found;
}

Box closer(const Box& box) {
  const Point middle = box.centre();
  const float half = std::max(box.width(), box.height()) * kSecondLook / 2;
  return {middle.x - half, middle.y - half, middle.x + half, middle.y + half};
}

// Plates that stood small in the first look are looked at again from close by, for exact corners.
// One that is lost there keeps what the first look saw.
void look_closer(Net& net, const Image& panel, std::vector<Candidate>& plates) {
  std::vector<Candidate*> small;
  std::vector<Box> windows;
  for (Candidate& c : plates)
    if (c.share < kCloseEnough) {
      small.push_back(&c);
      windows.push_back(closer(c.plate.box));
    }
  const auto again = look(net, panel, windows);
  for (std::size_t i = 0; i < small.size(); ++i)
    for (const Candidate& seen : again[i])
      if (iou(seen.plate.box, small[i]->plate.box) > kSameAgain) {
        const float score = std::max(seen.plate.score, small[i]->plate.score);
        *small[i] = seen;
        small[i]->plate.score = score;
        break;
      }
}

}  // namespace

std::vector<PlateSeen> find_plates(Net& plate, const Image& panel,
                                   const std::vector<Box>& windows) {
  std::vector<Candidate> found;
  for (auto& here : look(plate, panel, windows))
    std::move(here.begin(), here.end(), std::back_inserter(found));
  keep_strongest(found, most_iou(plate));
  look_closer(plate, panel, found);
  keep_strongest(found, most_iou(plate));
  std::vector<PlateSeen> plates;
  plates.reserve(found.size());
  for (Candidate& c : found) plates.push_back(std::move(c.plate));
  return plates;
}

}  // namespace vioreview
