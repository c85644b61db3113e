// SPDX-License-Identifier: Apache-2.0
// From pixels to facts, one adapter a task. Each takes any net that keeps the task's contract
// (models/README.md).
#pragma once
#include <optional>
#include <vector>

#include "core/facts.h"
#include "core/image.h"
#include "perceive/net.h"
#include "perceive/warp.h"

namespace vioreview {

struct SceneSeen {
  std::vector<ObjectSeen> objects;
  std::optional<std::vector<MarkSeen>> marks;  // empty optional: not asked for, or the net has none
  std::optional<float> distance;  // from the training data, as the net gives it; empty: it does not
};

// task "detector": boxes [B,N,4] in input pixels, scores [B,N,labels]. Labels other than ours are
// mapped (car, bus ... are vehicles; bicycle ... two-wheelers); unknown labels are ignored. An
// output "markings" [B,12,H,W], logits of a grid over the input, is read where `marks` asks for it,
// an output "unfamiliar" [B], the distance of the panel from the training data, always.
SceneSeen look_at_scene(Net& detector, const Image& panel, bool marks);

// How far a panel of this brightness, chroma and size and at this distance from the training data
// lies beyond what the detector's card calls familiar; empty where it states no limits.
std::optional<UnfamiliarSeen> unfamiliar_by(const Net& detector, const PanelFacts& facts,
                                            std::optional<float> distance);

// task "signal": fills lamp and lamp shape of signal heads; smaller ones stay unobserved. Where the
// net tells heads from what is none (a third output, logits [B,1]), the score becomes what both
// nets say together; what is hardly a head is left out.
void read_lamps(Net& signal, const Image& panel, std::vector<ObjectSeen>& objects);

// task "arrow": fills the moves of lane arrows that show whole, for traffic of the direction the
// camera looks in. p: that it is whole, times that each of its four answers is right.
void read_arrows(Net& arrow, const Image& panel, std::vector<MarkSeen>& marks);

// task "word": fills whose lane words on the road say it is.
void read_words(Net& word, const Image& panel, std::vector<MarkSeen>& marks);

// Of overlapping boxes of a kind the one with the larger score stays.
std::vector<ObjectSeen> without_overlaps(std::vector<ObjectSeen> objects, float most_iou);

// task "vehicle": fills class, colour, special, facing and embedding of vehicles and two-wheelers.
// `coloured` false: the picture is dark or colourless, so the colour of a vehicle that looks grey
// in it stays empty.
void describe_vehicles(Net& vehicle, const Image& panel, bool coloured,
                       std::vector<ObjectSeen>& objects);

// task "plate": plates in each window, in panel pixels, without text. A second, closer look makes
// the corners exact.
std::vector<PlateSeen> find_plates(Net& plate, const Image& panel, const std::vector<Box>& windows);

// task "reader": fills text, characters, readable and, where the look leaves it open, rows.
// `margin`: how far beyond the corners it reads; the card's where not given.
void read_plates(Net& reader, const Image& panel, std::vector<PlateSeen>& plates,
                 std::optional<WarpMargin> margin = {});

// The plate laid flat, grey, its contrast stretched.
PlatePrint print_plate(const Image& panel, const Quad& corners);

// Of two readings of one plate, whether `a` is the better: it is complete (no plate has fewer than
// 7 characters, and a few are easily read too surely), or both or neither are and it is surer.
bool reads_better(const PlateSeen& a, const PlateSeen& b);

}  // namespace vioreview
