// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "core/errors.h"
#include "core/sha256.h"
#include "format/codecs.h"
#include "perceive/overlay.h"
#include "perceive/perceiver.h"

namespace vioreview {
namespace fs = std::filesystem;

std::vector<ModelCard> read_model_cards(const fs::path& dir) {
  std::error_code error;
  std::vector<ModelCard> cards;
  for (fs::directory_iterator entry(dir, error), end; !error && entry != end;
       entry.increment(error))
    if (fs::exists(entry->path() / "card.toml"))
      cards.push_back(read_model_card(entry->path() / "card.toml"));
  if (error) throw IoError(dir.string() + ": cannot be read: " + error.message());
  std::sort(cards.begin(), cards.end(),
            [](const ModelCard& a, const ModelCard& b) { return a.name < b.name; });
  return cards;
}

std::string models_key(const std::vector<ModelCard>& cards) {
  std::string all;
  for (const ModelCard& card : cards) {
    // The card's words and numbers steer what is seen as much as the weights do.
    all += card.name + " " + card.task + " " + card.sha256 + " " + card.charset;
    all += " " + std::to_string(card.width) + "x" + std::to_string(card.height);
    for (const std::string& label : card.labels) all += " " + label;
    for (std::size_t c = 0; c < 3; ++c)
      all += " " + std::to_string(card.mean[c]) + "/" + std::to_string(card.std[c]);
    for (const auto& [name, value] : card.thresholds)
      all += " " + name + "=" + std::to_string(value);
    for (const auto& [name, values] : card.calibration)
      for (const double value : values) all += " " + name + "=" + std::to_string(value);
    all += "\n";
  }
  all += overlay_reader_version();
  return sha256(all).substr(0, 32);
}

}  // namespace vioreview
