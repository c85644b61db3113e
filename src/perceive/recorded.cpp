// SPDX-License-Identifier: Apache-2.0
// Facts seen elsewhere, by picture hash.
#include <fstream>
#include <map>

#include "core/errors.h"
#include "format/codecs.h"
#include "perceive/perceiver.h"

namespace vioreview {
namespace {

class RecordedPerceiver : public Perceiver {
 public:
  explicit RecordedPerceiver(std::map<std::string, PanelFacts> facts) : facts_(std::move(facts)) {}

  void perceive(const Image&, const Needs&, PanelFacts& facts) override {
    const auto found = facts_.find(facts.sha256);
    if (found == facts_.end()) {
      facts.failure = Problem{"check_missing", facts.file, "no facts are recorded of this picture"};
      return;
    }
    const PanelFacts& seen = part_of(found->second, facts.crop);
    facts.objects = seen.objects;
    facts.plates = seen.plates;
    facts.marks = seen.marks;
    facts.overlay = seen.overlay;
    if (seen.failure) facts.failure = seen.failure;  // a doubt about the layout stays
  }

 private:
  static const PanelFacts& part_of(const PanelFacts& picture, const Box& crop) {
    for (const PanelFacts& part : picture.parts)
      if (iou(part.crop, crop) > 0.9F) return part;
    return picture;
  }

  std::map<std::string, PanelFacts> facts_;
};

}  // namespace

std::unique_ptr<Perceiver> make_recorded_perceiver(const std::filesystem::path& jsonl) {
  std::ifstream in(jsonl);
  if (!in) throw IoError(jsonl.string() + ": the recorded facts cannot be read");
  std::map<std::string, PanelFacts> facts;
  std::string line;
  for (int number = 1; std::getline(in, line); ++number) {
    if (line.empty()) continue;
    const auto parsed = parse_json(line);
    if (!parsed)
      throw ConfigError(jsonl.string() + ":" + std::to_string(number) + ": " +
                        parsed.problem().detail);
    try {
      PanelFacts panel = panel_facts_from(parsed.value());
      facts[panel.sha256] = std::move(panel);
    } catch (const IoError& error) {
      throw ConfigError(jsonl.string() + ":" + std::to_string(number) + ": " + error.what());
    }
  }
  return std::make_unique<RecordedPerceiver>(std::move(facts));
}

}  // namespace vioreview
