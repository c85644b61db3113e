// SPDX-License-Identifier: Apache-2.0
#include "perceive/contract.h"

#include <algorithm>
#include <string>
#include <vector>

#include "core/errors.h"
#include "core/vocabulary.h"
#include "perceive/ctc.h"
#include "perceive/marks.h"

namespace vioreview {
namespace {

using Shape = std::vector<std::int64_t>;
constexpr std::int64_t kAny = -1;

[[noreturn]] void refuse(const ModelCard& card, const std::string& why) {
  throw SetupError("model " + card.name + ": its card " + why +
                   "; see models/README.md for what a " + card.task + " gives");
}

bool fits(const Shape& given, const Shape& wanted) {
  if (given.size() != wanted.size()) return false;
  for (std::size_t i = 1; i < wanted.size(); ++i)  // the batch is 0
    if (given[i] <= 0 || (wanted[i] != kAny && given[i] != wanted[i])) return false;
  return true;
}

void want(const ModelCard& card, const std::vector<Shape>& shapes) {
  if (card.outputs.size() < shapes.size())
    refuse(card, "names " + std::to_string(card.outputs.size()) + " outputs, " +
                     std::to_string(shapes.size()) + " are needed");
  for (std::size_t i = 0; i < shapes.size(); ++i)
    if (!fits(card.outputs[i].second, shapes[i]))
      refuse(card, "gives output " + card.outputs[i].first + " another shape");
}

void want_same(const ModelCard& card, std::size_t axis, const std::vector<std::size_t>& outputs) {
  for (const std::size_t i : outputs)
    if (card.outputs[i].second[axis] != card.outputs[outputs[0]].second[axis])
      refuse(card, "gives its outputs different numbers of candidates");
}

// What a detector's card calls familiar is stated in full, or not at all.
void want_limits(const ModelCard& card) {
  const bool gives = std::any_of(card.outputs.begin(), card.outputs.end(),
                                 [](const auto& output) { return output.first == "unfamiliar"; });
  for (const char* name : {"familiar_distance", "familiar_enlarged"})
    if (const auto limit = card.calibration.find(name);
        limit != card.calibration.end() && (limit->second.size() != 1 || limit->second[0] <= 0))
      refuse(card, std::string("states no positive ") + name);
  for (const char* name : {"familiar_brightness", "familiar_chroma"})
    if (const auto range = card.calibration.find(name);
        range != card.calibration.end() &&
        (range->second.size() != 2 || range->second[0] >= range->second[1]))
      refuse(card, std::string("states no range of ") + name);
  if (gives != card.calibration.contains("familiar_distance"))
    refuse(card, "names one of output unfamiliar and familiar_distance, and not the other");
}

}  // namespace

void check_contract(const ModelCard& card) {
  const auto labels = static_cast<std::int64_t>(card.labels.size());
  if (card.task != "reader" && labels == 0) refuse(card, "names no labels");
  if (card.task == "detector") {
    want(card, {{0, kAny, 4}, {0, kAny, labels}});
    want_same(card, 1, {0, 1});
    for (const auto& [name, shape] : card.outputs)
      if (name == "markings" && !fits(shape, {0, kMarkChannels, kAny, kAny}))
        refuse(card, "gives output markings another shape");
      else if (name == "unfamiliar" && !fits(shape, {0}))
        refuse(card, "gives output unfamiliar another shape");
    want_limits(card);
  } else if (card.task == "plate") {
    want(card, {{0, kAny, 8}, {0, kAny}, {0, kAny, labels}, {0, kAny}});
    want_same(card, 1, {0, 1, 2, 3});
    for (const std::string& label : card.labels)
      if (!plate_look_named(label)) refuse(card, "names the unknown plate look " + label);
  } else if (card.task == "reader") {
    want(card, {{0, kAny, static_cast<std::int64_t>(split_charset(card.charset).size()) + 1}});
  } else if (card.task == "vehicle") {
    want(card, {{0, labels}, {0, 10}, {0, 5}, {0, 2}, {0, kAny}});
  } else if (card.task == "signal") {
    want(card, {{0, labels}, {0, 5}});
    if (card.outputs.size() > 2) want(card, {{0, labels}, {0, 5}, {0, 1}});
    for (const std::string& label : card.labels)
      if (!lamp_state_named(label)) refuse(card, "names the unknown lamp state " + label);
  } else if (card.task == "arrow") {
    want(card, {{0, labels}, {0, 1}});
    if (card.labels != std::vector<std::string>{"U", "L", "S", "R"})
      refuse(card, "names other labels than U L S R");
  } else if (card.task == "word") {
    want(card, {{0, labels}});
    for (const std::string& label : card.labels)
      if (!lane_word_named(label)) refuse(card, "names the unknown words " + label);
  } else {
    refuse(card, "names the unknown task '" + card.task + "'");
  }
}

}  // namespace vioreview
