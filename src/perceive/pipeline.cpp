// SPDX-License-Identifier: Apache-2.0
#include "perceive/pipeline.h"

#include <algorithm>
#include <exception>

#include "perceive/adapters.h"
#include "perceive/imaging.h"

namespace vioreview {
namespace {

constexpr std::size_t kMostWindows = 12;
constexpr float kWindowMargin = 0.08F;  // each side, as in training
constexpr float kSmallestVehicle = 40;  // px: a plate on a narrower vehicle cannot be read
constexpr float kSmallestPrint = 18;    // px: the print of a narrower plate tells nothing
// A picture may be nothing but a plate: then its sides are those of a plate (440:140, 480:140,
// 440:220), with some margin. Without the role of a close-up it must be small too.
constexpr float kPlateAspectLow = 1.8F, kPlateAspectHigh = 5.5F;
constexpr int kPlateHeight = 200;  // px
constexpr float kSurePlate = 0.8F;
// Means of 0 to 255: a picture below either shows no true colours (night, infrared).
constexpr float kDark = 50, kColourless = 6;

Box whole(const Image& panel) {
  return {0, 0, static_cast<float>(panel.width), static_cast<float>(panel.height)};
}

bool tells_colours(const PanelFacts& facts) {
  return facts.colour.value_or(true) && facts.brightness.value_or(kDark) >= kDark &&
         facts.chroma.value_or(kColourless) >= kColourless;
}

// Whether the picture as a whole may be one plate.
bool may_be_a_plate(const Image& panel, bool closeup, bool plates_found) {
  const float aspect = static_cast<float>(panel.width) / static_cast<float>(panel.height);
  return aspect >= kPlateAspectLow && aspect <= kPlateAspectHigh &&
         (closeup || (!plates_found && panel.height <= kPlateHeight));
}

class Pipeline : public Perceiver {
 public:
  Pipeline(std::map<std::string, std::unique_ptr<Net>> nets, std::unique_ptr<OverlayReader> overlay)
      : nets_(std::move(nets)), overlay_(std::move(overlay)) {
    use_one_thread();
  }

  void perceive(const Image& panel, const Needs& needs, PanelFacts& facts) override {
    try {
      look(panel, needs, facts);
    } catch (const std::bad_alloc&) {
      throw;  // the process is at fault, not the picture
    } catch (const std::exception& error) {
      facts.objects.clear();
      facts.plates.clear();
      facts.marks.reset();
      facts.overlay.reset();
      facts.unfamiliar.reset();
      facts.failure = Problem{"picture_undecodable", facts.file,
                              std::string("the models cannot look at it: ") + error.what()};
    }
  }

  std::vector<OverlaySeen> read_bands(const Image& picture,
                                      const std::vector<Box>& bands) override {
    if (!overlay_ || bands.empty()) return {};
    try {
      return overlay_->read(picture, bands);
    } catch (const std::bad_alloc&) {
      throw;
    } catch (const std::exception&) {
      return {};  // what is not read stays unobserved
    }
  }

 private:
  Net* net(const char* task) const {
    const auto found = nets_.find(task);
    return found == nets_.end() ? nullptr : found->second.get();
  }

  void look(const Image& panel, const Needs& needs, PanelFacts& facts) const {
    if (panel.empty()) throw std::runtime_error("it has no pixels");
    const bool closeup = facts.role == Role::closeup;
    if (!closeup && net("detector")) {
      SceneSeen scene = look_at_scene(*net("detector"), panel, needs.markings);
      facts.objects = std::move(scene.objects);
      facts.marks = std::move(scene.marks);
      facts.unfamiliar = unfamiliar_by(*net("detector"), facts, scene.distance);
    }
    if (needs.signals && net("signal")) read_lamps(*net("signal"), panel, facts.objects);
    if (facts.marks && net("arrow")) read_arrows(*net("arrow"), panel, *facts.marks);
    if (facts.marks && net("word")) read_words(*net("word"), panel, *facts.marks);
    if (needs.vehicles && net("vehicle"))
      describe_vehicles(*net("vehicle"), panel, tells_colours(facts), facts.objects);
    if (needs.plates && net("plate") && net("reader"))
      facts.plates = plates_of(panel, closeup, facts.objects);
    // What lies beyond the panel in a composite, its reader has already read.
    if (needs.overlay && overlay_ && !closeup && !facts.overlay)
      facts.overlay = overlay_->read(panel, {whole(panel)});
  }

  static std::vector<Box> windows_of(const std::vector<ObjectSeen>& objects) {
    std::vector<Box> windows;
    for (const ObjectSeen& object : objects) {
      const bool carries =
          object.kind == ObjectKind::vehicle || object.kind == ObjectKind::two_wheeler;
      if (carries && object.box.width() >= kSmallestVehicle)
        windows.push_back(grow(object.box, kWindowMargin));
    }
    std::stable_sort(windows.begin(), windows.end(),
                     [](const Box& a, const Box& b) { return a.area() > b.area(); });
    windows.resize(std::min(windows.size(), kMostWindows));
    return windows;
  }

  std::vector<PlateSeen> plates_of(const Image& panel, bool closeup,
                                   const std::vector<ObjectSeen>& objects) const {
    std::vector<PlateSeen> plates = find_plates(*net("plate"), panel, windows_of(objects));
    // Where a vehicle fills the frame, or none was found, the picture as a whole may still show its
    // plate.
    if (plates.empty()) plates = find_plates(*net("plate"), panel, {whole(panel)});
    read_plates(*net("reader"), panel, plates);
    if (may_be_a_plate(panel, closeup, !plates.empty())) add_whole(panel, plates);
    for (PlateSeen& plate : plates) {
      plate.object = carrier(plate, objects);
      if (plate.box.width() >= kSmallestPrint) plate.print = print_plate(panel, plate.corners);
    }
    return plates;
  }

  // The picture read as one plate stands when it reads better than what was found in it.
  void add_whole(const Image& panel, std::vector<PlateSeen>& plates) const {
    const auto w = static_cast<float>(panel.width), h = static_cast<float>(panel.height);
    PlateSeen plate;
    plate.corners = {Point{0, 0}, Point{w, 0}, Point{w, h}, Point{0, h}};
    plate.box = whole(panel);
    const auto best =
        std::max_element(plates.begin(), plates.end(),
                         [](const auto& a, const auto& b) { return reads_better(b, a); });
    if (best != plates.end()) {
      // A plate that surely fills less than half the width: the picture shows more than a plate.
      if (best->score >= kSurePlate && best->box.width() < w / 2) return;
      plate.look = best->look;
      plate.covered = best->covered;
      plate.score = best->score;
      plate.rows = best->rows;
    }
    std::vector<PlateSeen> one{plate};
    read_plates(*net("reader"), panel, one, WarpMargin{0, 0});  // there is nothing beyond it
    if (one[0].text.empty() || (best != plates.end() && !reads_better(one[0], *best))) return;
    one[0].score = std::max(one[0].score, one[0].readable);  // a string that reads is a plate
    plates = std::move(one);
  }

  // The smallest vehicle that holds the plate.
  static int carrier(const PlateSeen& plate, const std::vector<ObjectSeen>& objects) {
    int best = -1;
    for (std::size_t i = 0; i < objects.size(); ++i) {
      const ObjectSeen& object = objects[i];
      if (object.kind != ObjectKind::vehicle && object.kind != ObjectKind::two_wheeler) continue;
      if (share_inside(plate.box, grow(object.box, 0.03F)) < 0.8F) continue;
      if (best < 0 || object.box.area() < objects[static_cast<std::size_t>(best)].box.area())
        best = static_cast<int>(i);
    }
    return best;
  }

  std::map<std::string, std::unique_ptr<Net>> nets_;
  std::unique_ptr<OverlayReader> overlay_;
};

}  // namespace

std::unique_ptr<Perceiver> make_pipeline(std::map<std::string, std::unique_ptr<Net>> nets,
                                         std::unique_ptr<OverlayReader> overlay) {
  return std::make_unique<Pipeline>(std::move(nets), std::move(overlay));
}

}  // namespace vioreview
