// SPDX-License-Identifier: Apache-2.0
// Plates: where, with four corners, what look, whether covered.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/imaging.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

constexpr std::size_t kBatch = 8;
constexpr float kSecondLook = 1.7F;  // side of the closer window, in plate widths
constexpr float kSmallest = 8;       // px of the panel; a narrower plate is none

PlateSeen plate_at(Net& net, const std::vector<Tensor>& out, std::int64_t row, std::int64_t i,
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

std::vector<PlateSeen> strongest(std::vector<PlateSeen> plates, float most_iou) {
  std::stable_sort(plates.begin(), plates.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  std::vector<PlateSeen> kept;
  for (PlateSeen& plate : plates)
    if (std::none_of(kept.begin(), kept.end(), [&](const PlateSeen& k) {
          return iou(k.box, plate.box) > most_iou || share_inside(plate.box, k.box) > 0.7F ||
                 share_inside(k.box, plate.box) > 0.7F;
        }))
      kept.push_back(std::move(plate));
  return kept;
}

// All candidates above the threshold, of each window.
std::vector<std::vector<PlateSeen>> look(Net& net, const Image& panel,
                                         const std::vector<Box>& windows, double threshold) {
  std::vector<std::vector<PlateSeen>> found;
  for (std::size_t begin = 0; begin < windows.size(); begin += kBatch) {
    const std::size_t count = std::min(kBatch, windows.size() - begin);
    std::vector<float> input;
    std::vector<Letterbox> views;
    for (std::size_t i = 0; i < count; ++i)
      views.push_back(append_letterbox(panel, windows[begin + i], net.card(), input));
    const std::vector<Tensor> out = net.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<PlateSeen> here;
      for (std::int64_t k = 0; k < out[1].shape[1]; ++k) {
        PlateSeen plate = plate_at(net, out, static_cast<std::int64_t>(i), k, views[i]);
        if (plate.score >= threshold && plate.box.width() >= kSmallest)
          here.push_back(std::move(plate));
      }
      found.push_back(
          strongest(std::move(here), static_cast<float>(net.threshold("nms_iou", 0.3))));
    }
  }
  return found;
}

Box closer(const Box& box) {
  const Point middle = box.centre();
  const float half = std::max(box.width(), box.height()) * kSecondLook / 2;
  return {middle.x - half, middle.y - half, middle.x + half, middle.y + half};
}

}  // namespace

std::vector<PlateSeen> find_plates(Net& plate, const Image& panel,
                                   const std::vector<Box>& windows) {
  const double threshold = plate.threshold("score", 0.5);
  std::vector<PlateSeen> plates;
  for (auto& here : look(plate, panel, windows, threshold))
    plates.insert(plates.end(), here.begin(), here.end());
  plates = strongest(std::move(plates), static_cast<float>(plate.threshold("nms_iou", 0.3)));
  std::vector<Box> second;
  for (const PlateSeen& p : plates) second.push_back(closer(p.box));
  const auto again = look(plate, panel, second, threshold);
  for (std::size_t i = 0; i < plates.size(); ++i)
    for (const PlateSeen& p : again[i])
      if (iou(p.box, plates[i].box) > 0.4F) {
        const float score = std::max(p.score, plates[i].score);
        plates[i] = p;
        plates[i].score = score;
        break;
      }
  return strongest(std::move(plates), static_cast<float>(plate.threshold("nms_iou", 0.3)));
}

}  // namespace vioreview
