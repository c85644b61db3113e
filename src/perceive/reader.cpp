// SPDX-License-Identifier: Apache-2.0
// Plates to strings.
#include <algorithm>
#include <cmath>

#include "perceive/adapters.h"
#include "perceive/ctc.h"
#include "perceive/imaging.h"

namespace vioreview {
namespace {

// Width to height from which a plate surely has one row: 440 x 140 mm seen from well aside; two
// rows are 440 x 220 or 220 x 140.
constexpr float kOneRow = 2.3F;
constexpr std::size_t kFewestCharacters = 7;  // of a plate, GA 36

// One way to read one plate.
struct Attempt {
  std::size_t plate;
  int rows;
  bool again;  // the plate has been read another way before
};

float length(Point a, Point b) {
  return std::hypot(a.x - b.x, a.y - b.y);
}

float aspect(const Quad& q) {
  return (length(q[0], q[1]) + length(q[3], q[2])) /
         std::max(1e-3F, length(q[0], q[3]) + length(q[1], q[2]));
}

// The look knows one kind with two rows; others have them too, and a look may be wrong. So where
// the shape leaves it open both are read.
std::vector<Attempt> attempts_of(const std::vector<PlateSeen>& plates) {
  std::vector<Attempt> attempts;
  for (std::size_t i = 0; i < plates.size(); ++i) {
    const int rows = plates[i].rows;
    attempts.push_back({i, rows, false});
    if (rows == 2 || aspect(plates[i].corners) < kOneRow) attempts.push_back({i, 3 - rows, true});
  }
  return attempts;
}

// The plate as this row of the net's output reads it.
PlateSeen reading_of(const Net& reader, const Tensor& log_probs, std::int64_t row,
                     const std::vector<std::string>& charset, PlateSeen plate) {
  ReadString read = read_string(log_probs.of(row), static_cast<int>(log_probs.shape[1]),
                                static_cast<int>(log_probs.shape[2]), charset,
                                reader.calibration("char_temperature", 1));
  const auto coefficients = reader.card().calibration.find("readable");
  plate.readable = static_cast<float>(
      readability(read, coefficients == reader.card().calibration.end() ? std::vector<double>{}
                                                                        : coefficients->second));
  plate.text = std::move(read.text);
  plate.characters = std::move(read.characters);
  return plate;
}

}  // namespace

bool reads_better(const PlateSeen& a, const PlateSeen& b) {
  const bool a_complete = a.characters.size() >= kFewestCharacters,
             b_complete = b.characters.size() >= kFewestCharacters;
  return a_complete != b_complete ? a_complete : a.readable > b.readable;
}

void read_plates(Net& reader, const Image& panel, std::vector<PlateSeen>& plates,
                 std::optional<WarpMargin> margin) {
  const ModelCard& card = reader.card();
  const std::vector<std::string> charset = split_charset(card.charset);
  if (!margin)
    margin = WarpMargin{static_cast<float>(reader.threshold("margin_x", WarpMargin{}.x)),
                        static_cast<float>(reader.threshold("margin_y", WarpMargin{}.y))};
  const std::vector<Attempt> attempts = attempts_of(plates);
  for (std::size_t begin = 0, count = 0; begin < attempts.size(); begin += count) {
    count = batch_of(attempts.size() - begin);
    std::vector<float> input;
    for (std::size_t i = begin; i < begin + count; ++i)
      append_picture(warp_plate(panel, plates[attempts[i].plate].corners, attempts[i].rows,
                                card.width, card.height, *margin),
                     card, input);
    const std::vector<Tensor> out = reader.run(input, static_cast<std::int64_t>(count));
    for (std::size_t i = 0; i < count; ++i) {
      const Attempt& attempt = attempts[begin + i];
      PlateSeen& plate = plates[attempt.plate];
      PlateSeen now = reading_of(reader, out[0], static_cast<std::int64_t>(i), charset, plate);
      now.rows = attempt.rows;
      if (!attempt.again || reads_better(now, plate)) plate = std::move(now);
    }
  }
}

}  // namespace vioreview
