// SPDX-License-Identifier: Apache-2.0
// Boxes of vehicles, two-wheelers, people and signal heads; markings of the road.
#include <algorithm>
#include <optional>

#include "perceive/adapters.h"
#include "perceive/imaging.h"
#include "perceive/marks.h"
#include "perceive/softmax.h"

namespace vioreview {
namespace {

struct Label {
  const char* name;
  ObjectKind kind;
};
constexpr Label kLabels[] = {
    {"vehicle", ObjectKind::vehicle},
    {"two_wheeler", ObjectKind::two_wheeler},
    {"person", ObjectKind::person},
    {"signal_head", ObjectKind::signal_head},
    {"car", ObjectKind::vehicle},
    {"suv", ObjectKind::vehicle},
    {"van", ObjectKind::vehicle},
    {"minibus", ObjectKind::vehicle},
    {"bus", ObjectKind::vehicle},
    {"truck", ObjectKind::vehicle},
    {"pickup", ObjectKind::vehicle},
    {"tricycle", ObjectKind::vehicle},
    {"motorcycle", ObjectKind::two_wheeler},
    {"motorbike", ObjectKind::two_wheeler},
    {"bicycle", ObjectKind::two_wheeler},
    {"pedestrian", ObjectKind::person},
    {"traffic light", ObjectKind::signal_head},
};

std::optional<ObjectKind> kind_of(const std::string& label) {
  for (const Label& known : kLabels)
    if (label == known.name) return known.kind;
  return std::nullopt;
}

Box within(Box b, const Image& panel) {
  return intersect(b, {0, 0, static_cast<float>(panel.width), static_cast<float>(panel.height)});
}

std::vector<ObjectSeen> boxes_of(Net& detector, const std::vector<Tensor>& out,
                                 const Letterbox& view, const Image& panel) {
  const Tensor &boxes = out[0], &scores = out[1];
  const auto labels = static_cast<std::int64_t>(detector.card().labels.size());
  std::vector<ObjectSeen> objects;
  for (std::int64_t i = 0; i < boxes.shape[1]; ++i)
    for (std::int64_t label = 0; label < labels; ++label) {
      const std::string& name = detector.card().labels[static_cast<std::size_t>(label)];
      const auto kind = kind_of(name);
      const float score = tempered(scores.data[static_cast<std::size_t>(i * labels + label)],
                                   detector.calibration("score_temperature", 1));
      if (!kind || !(score >= detector.threshold(name, 0.5))) continue;
      const float* b = boxes.data.data() + i * 4;
      ObjectSeen object;
      object.kind = *kind;
      object.box = within(view.to_panel(Box{b[0], b[1], b[2], b[3]}), panel);
      object.score = calibrated(score, detector.calibration(name + "_scale", 1),
                                detector.calibration(name + "_shift", 0));
      if (object.box.width() >= 2 && object.box.height() >= 2) objects.push_back(std::move(object));
    }
  return objects;
}

// A box that lies this far in a surer one is a part of it; a box round a surer one is a second look
// at it unless it is nearly as sure (a bus behind a car).
constexpr float kPart = 0.88F, kWhole = 0.8F;
// Signal heads hang beside one another: what shares more than this of the smaller box is one head.
constexpr float kOneHead = 0.3F;
// A body on foot and one on two wheels that share a box are one: the surer label counts. A rider's
// box is the upper part of the two-wheeler's.
constexpr float kOneBody = 0.7F;

bool one_head(const ObjectSeen& a, const ObjectSeen& b) {
  return a.kind == ObjectKind::signal_head &&
         std::max(share_inside(a.box, b.box), share_inside(b.box, a.box)) > kOneHead;
}

bool one_body(const ObjectSeen& a, const ObjectSeen& b) {
  const auto light = [](const ObjectSeen& o) {
    return o.kind == ObjectKind::person || o.kind == ObjectKind::two_wheeler;
  };
  return light(a) && light(b) && iou(a.box, b.box) > kOneBody;
}

}  // namespace

std::vector<ObjectSeen> without_overlaps(std::vector<ObjectSeen> objects, float most_iou) {
  std::stable_sort(objects.begin(), objects.end(),
                   [](const ObjectSeen& a, const ObjectSeen& b) { return a.score > b.score; });
  std::vector<ObjectSeen> kept;
  for (ObjectSeen& object : objects) {
    const bool covered = std::any_of(kept.begin(), kept.end(), [&](const ObjectSeen& k) {
      if (k.kind != object.kind) return one_body(k, object);
      return iou(k.box, object.box) > most_iou || one_head(k, object) ||
             share_inside(object.box, k.box) > kPart ||
             (share_inside(k.box, object.box) > kPart && object.score < kWhole * k.score);
    });
    if (!covered) kept.push_back(std::move(object));
  }
  return kept;
}

SceneSeen look_at_scene(Net& detector, const Image& panel, bool marks) {
  std::vector<float> input;
  const Box whole{0, 0, static_cast<float>(panel.width), static_cast<float>(panel.height)};
  const Letterbox view = append_letterbox(panel, whole, detector.card(), input);
  const std::vector<Tensor> out = detector.run(input, 1);
  SceneSeen seen;
  seen.objects = without_overlaps(boxes_of(detector, out, view, panel),
                                  static_cast<float>(detector.threshold("nms_iou", 0.5)));
  const auto& outputs = detector.card().outputs;
  for (std::size_t i = 2; i < outputs.size() && i < out.size(); ++i)
    if (outputs[i].first == "unfamiliar")
      seen.distance = out[i].data.front();
    else if (marks && outputs[i].first == "markings")
      seen.marks = trace_marks(
          out[i], static_cast<float>(detector.card().width) / static_cast<float>(out[i].shape[3]),
          view, panel.width, panel.height);
  if (seen.marks)
    for (MarkSeen& mark : *seen.marks)
      mark.p = calibrated(mark.p, detector.calibration("markings_scale", 1),
                          detector.calibration("markings_shift", 0));
  return seen;
}

}  // namespace vioreview
