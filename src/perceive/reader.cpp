// SPDX-License-Identifier: Apache-2.0
// Plates to strings.
#include <algorithm>

#include "perceive/adapters.h"
#include "perceive/ctc.h"
#include "perceive/imaging.h"
#include "perceive/warp.h"

namespace vioreview {
namespace {

constexpr std::size_t kBatch = 8;

void take(Net& reader, const Tensor& log_probs, std::int64_t row,
          const std::vector<std::string>& charset, PlateSeen& plate) {
  ReadString read = read_string(log_probs.of(row), static_cast<int>(log_probs.shape[1]),
                                static_cast<int>(log_probs.shape[2]), charset,
                                reader.calibration("char_temperature", 1));
  const auto coefficients = reader.card().calibration.find("readable");
  plate.readable = static_cast<float>(
      readability(read, coefficients == reader.card().calibration.end() ? std::vector<double>{}
                                                                        : coefficients->second));
  plate.text = std::move(read.text);
  plate.characters = std::move(read.characters);
}

}  // namespace

void read_plates(Net& reader, const Image& panel, std::vector<PlateSeen>& plates) {
  const ModelCard& card = reader.card();
  const std::vector<std::string> charset = split_charset(card.charset);
  const WarpMargin margin{static_cast<float>(reader.threshold("margin_x", 0.015)),
                          static_cast<float>(reader.threshold("margin_y", 0.04))};
  for (std::size_t begin = 0; begin < plates.size(); begin += kBatch) {
    const std::size_t count = std::min(kBatch, plates.size() - begin);
    std::vector<float> input;
    for (std::size_t i = 0; i < count; ++i) {
      const PlateSeen& plate = plates[begin + i];
      append_picture(warp_plate(panel, plate.corners, plate.rows, card.width, card.height, margin),
                     card, input);
    }
    const std::vector<Tensor> out = reader.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i)
      take(reader, out[0], static_cast<std::int64_t>(i), charset, plates[begin + i]);
  }
}

}  // namespace vioreview
